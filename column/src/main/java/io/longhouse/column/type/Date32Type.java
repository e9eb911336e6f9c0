package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int32Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** Days since 1970-01-01, signed; 1900-01-01 to 2299-12-31. */
public final class Date32Type extends DataType {
  /** Date32. */
  public static final Date32Type TYPE = new Date32Type();

  private Date32Type() {}

  @Override
  public String name() {
    return "Date32";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int32Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    int[] x = ((Int32Column) a).values();
    int[] y = ((Int32Column) b).values();
    return Integer.compare(x[i], y[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    int[] v = ((Int32Column) column).values();
    for (int i = 0; i < length; i++) {
      out[i] = v[from + i];
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes Date32. */
  @Register(kind = TypeFactory.class, name = "Date32", caseInsensitive = true)
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return TYPE;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    Quotes.write(form, out);
    DateTimeText.writeDate(((Int32Column) column).values()[row], out);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    if (form == TextForm.JSON && in.peek() >= '0' && in.peek() <= '9') {
      ((Int32Column.Builder) out).add((int) IntegerText.read(in, false));
      return;
    }
    int quote = Quotes.open(form, in);
    int civil = DateTimeText.readCivil(in);
    ((Int32Column.Builder) out)
        .add(
            DateTimeText.clampedDays(
                civil, Calendar.DATE32_MIN, Calendar.DATE32_MAX, Calendar.DATE32_MIN));
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeInt(((Int32Column) column).values()[row]);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((Int32Column.Builder) out).add(in.readInt());
  }
}
