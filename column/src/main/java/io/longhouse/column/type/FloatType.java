package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** IEEE 754 numbers of 32 or 64 bits. */
public final class FloatType extends DataType {
  public static final FloatType FLOAT32 = new FloatType(4);
  public static final FloatType FLOAT64 = new FloatType(8);

  private final int bytes;

  private FloatType(int bytes) {
    this.bytes = bytes;
  }

  /** 4 or 8. */
  public int bytes() {
    return bytes;
  }

  @Override
  public String name() {
    return bytes == 4 ? "Float32" : "Float64";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return bytes == 4 ? new Float32Column.Builder(capacity) : new Float64Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    double x = a instanceof Float32Column c ? c.values()[i] : ((Float64Column) a).values()[i];
    double y = b instanceof Float32Column c ? c.values()[j] : ((Float64Column) b).values()[j];
    return compare(x, y, nullsDirection);
  }

  /** Order of two numbers; -0 equals 0, NaN stands at the end that the direction says. */
  static int compare(double x, double y, int nanDirection) {
    if (x < y) {
      return -1;
    }
    if (x > y) {
      return 1;
    }
    if (x == y) {
      return 0;
    }
    boolean nx = Double.isNaN(x);
    boolean ny = Double.isNaN(y);
    return nx && ny ? 0 : nx ? nanDirection : -nanDirection;
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    if (column instanceof Float32Column c) {
      float[] v = c.values();
      for (int i = 0; i < length; i++) {
        long bits = Double.doubleToLongBits(v[from + i] + 0.0);
        out[i] = bits ^ bits >> 63 & Long.MAX_VALUE;
      }
    } else {
      double[] v = ((Float64Column) column).values();
      for (int i = 0; i < length; i++) {
        long bits = Double.doubleToLongBits(v[from + i] + 0.0);
        out[i] = bits ^ bits >> 63 & Long.MAX_VALUE;
      }
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes Float32 and Float64. */
  @Register(
      kind = TypeFactory.class,
      name = "Float32",
      aliases = {"FLOAT", "REAL", "SINGLE"},
      aliasesCaseInsensitive = true)
  @Register(
      kind = TypeFactory.class,
      name = "Float64",
      aliases = {"DOUBLE", "DOUBLE PRECISION"},
      aliasesCaseInsensitive = true)
  static final class Factory implements TypeFactory {
    private final FloatType type;

    Factory(String name) {
      this.type = name.equals("Float32") ? FLOAT32 : FLOAT64;
    }

    @Override
    public DataType create(TypeName name) {
      return type;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    boolean json = form == TextForm.JSON;
    if (column instanceof Float32Column c) {
      float v = c.values()[row];
      if (json && !Float.isFinite(v)) {
        writeDenormal(settings.outputFormatJsonQuoteDenormals, v, out);
      } else {
        FloatText.write(v, settings, out);
      }
    } else {
      double v = ((Float64Column) column).values()[row];
      boolean quoted = json && settings.outputFormatJsonQuote64bitFloats;
      if (json && !Double.isFinite(v)) {
        writeDenormal(settings.outputFormatJsonQuoteDenormals, v, out);
      } else if (quoted) {
        out.writeByte('"');
        FloatText.write(v, settings, out);
        out.writeByte('"');
      } else {
        FloatText.write(v, settings, out);
      }
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = IntegerType.openNumber(in, form);
    double v;
    if (form == TextForm.JSON && quote == 0 && in.peek() == 'n') {
      TextErrors.require("null", in);
      v = Double.NaN;
    } else if (form == TextForm.JSON
        && quote == 0
        && (in.peek() == 't' || in.peek() == 'f')
        && settings.inputFormatJsonReadBoolsAsNumbers) {
      v = in.peek() == 't' ? 1 : 0;
      TextErrors.require(v == 1 ? "true" : "false", in);
    } else {
      v = out instanceof Float32Column.Builder ? FloatText.readFloat(in) : FloatText.readDouble(in);
    }
    if (out instanceof Float32Column.Builder b) {
      b.add((float) v);
    } else {
      ((Float64Column.Builder) out).add(v);
    }
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    if (column instanceof Float32Column c) {
      out.writeFloat(c.values()[row]);
    } else {
      out.writeDouble(((Float64Column) column).values()[row]);
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    if (out instanceof Float32Column.Builder b) {
      b.add(in.readFloat());
    } else {
      ((Float64Column.Builder) out).add(in.readDouble());
    }
  }

  /** JSON has no inf and nan: null, or in quotes where the settings want that. */
  static void writeDenormal(boolean quoted, double v, ByteWriter out) {
    if (quoted) {
      out.writeByte('"');
      FloatText.write(v, out);
      out.writeByte('"');
    } else {
      out.writeAscii("null");
    }
  }
}
