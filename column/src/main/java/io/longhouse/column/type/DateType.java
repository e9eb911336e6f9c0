package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int16Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;

/** Days since 1970-01-01 in 16 bits, unsigned. */
public final class DateType extends DataType {
  /** Date. */
  public static final DateType TYPE = new DateType();

  private DateType() {}

  @Override
  public String name() {
    return "Date";
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int16Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    short[] x = ((Int16Column) a).values();
    short[] y = ((Int16Column) b).values();
    return Short.compareUnsigned(x[i], y[j]);
  }

  @Override
  public boolean hasOrderLongs() {
    return true;
  }

  @Override
  public void orderLongs(Column column, int from, int length, long[] out) {
    short[] v = ((Int16Column) column).values();
    for (int i = 0; i < length; i++) {
      out[i] = v[from + i] & 0xFFFF;
    }
  }

  @Override
  public boolean canBeInsideLowCardinality() {
    return true;
  }

  /** Makes Date. */
  @Register(kind = TypeFactory.class, name = "Date", caseInsensitive = true)
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
    DateTimeText.writeDate(((Int16Column) column).values()[row] & 0xFFFF, out);
    Quotes.write(form, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    if (form == TextForm.JSON && in.peek() >= '0' && in.peek() <= '9') {
      ((Int16Column.Builder) out).add((short) IntegerText.read(in, false));
      return;
    }
    int quote = Quotes.open(form, in);
    int civil = DateTimeText.readCivil(in);
    ((Int16Column.Builder) out)
        .add((short) DateTimeText.clampedDays(civil, 0, Calendar.DATE_MAX, 0));
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
