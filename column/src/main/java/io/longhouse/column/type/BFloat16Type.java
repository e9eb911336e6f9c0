package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int16Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** The upper half of a Float32. */
public final class BFloat16Type extends DataType {
  /** BFloat16. */
  public static final BFloat16Type TYPE = new BFloat16Type();

  private BFloat16Type() {}

  @Override
  public String name() {
    return "BFloat16";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int16Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    short[] x = ((Int16Column) a).values();
    short[] y = ((Int16Column) b).values();
    return FloatType.compare(toFloat(x[i]), toFloat(y[j]), nullsDirection);
  }

  /** The number that the 16 bits stand for. */
  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Makes BFloat16. */
  @Register(kind = TypeFactory.class, name = "BFloat16")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    float v = toFloat(((Int16Column) column).values()[row]);
    if (form == TextForm.JSON && !Float.isFinite(v)) {
      FloatType.writeDenormal(settings.outputFormatJsonQuoteDenormals, v, out);
    } else {
      FloatText.write(v, settings, out);
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = IntegerType.openNumber(in, form);
    float v = FloatText.readFloat(in);
    ((Int16Column.Builder) out).add((short) (Float.floatToRawIntBits(v) >>> 16));
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeShort(((Int16Column) column).values()[row]);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((Int16Column.Builder) out).add(in.readShort());
  }
}
