package io.longhouse.column.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.TypeName;
import java.util.Locale;

/** A number of units of time. */
public final class IntervalType extends DataType {
  /** Units of time, from short to long. */
  public enum Unit {
    NANOSECOND,
    MICROSECOND,
    MILLISECOND,
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    /** The name as in {@code IntervalSecond}. */
    public String title() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }

  private final Unit unit;

  public IntervalType(Unit unit) {
    this.unit = unit;
  }

  public Unit unit() {
    return unit;
  }

  @Override
  public String name() {
    return "Interval" + unit.title();
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new Int64Column.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return Long.compare(((Int64Column) a).values()[i], ((Int64Column) b).values()[j]);
  }

  /** Makes the interval types. */
  @Register(kind = TypeFactory.class, name = "IntervalNanosecond")
  @Register(kind = TypeFactory.class, name = "IntervalMicrosecond")
  @Register(kind = TypeFactory.class, name = "IntervalMillisecond")
  @Register(kind = TypeFactory.class, name = "IntervalSecond")
  @Register(kind = TypeFactory.class, name = "IntervalMinute")
  @Register(kind = TypeFactory.class, name = "IntervalHour")
  @Register(kind = TypeFactory.class, name = "IntervalDay")
  @Register(kind = TypeFactory.class, name = "IntervalWeek")
  @Register(kind = TypeFactory.class, name = "IntervalMonth")
  @Register(kind = TypeFactory.class, name = "IntervalQuarter")
  @Register(kind = TypeFactory.class, name = "IntervalYear")
  static final class Factory implements TypeFactory {
    private final IntervalType type;

    Factory(String name) {
      this.type = new IntervalType(Unit.valueOf(name.substring(8).toUpperCase(Locale.ROOT)));
    }

    @Override
    public DataType create(TypeName name) {
      return type;
    }
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    long v = ((Int64Column) column).values()[row];
    if (settings.intervalOutputFormat == FormatSettings.IntervalOutput.NUMERIC) {
      boolean quoted = form == TextForm.JSON && settings.outputFormatJsonQuote64bitIntegers;
      if (quoted) {
        out.writeByte('"');
      }
      out.writeDecimal(v);
      if (quoted) {
        out.writeByte('"');
      }
    } else {
      Quotes.write(form, out);
      writeKusto(v, out);
      Quotes.write(form, out);
    }
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    int quote = IntegerType.openNumber(in, form);
    ((Int64Column.Builder) out).add(IntegerText.read(in, true));
    Quotes.close(quote, in);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    out.writeLong(((Int64Column) column).values()[row]);
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    ((Int64Column.Builder) out).add(in.readLong());
  }

  /** {@code [-][d.]hh:mm:ss[.fffffff]}, with months and years at their mean length. */
  private void writeKusto(long v, ByteWriter out) {
    long[] ticks = {
      0,
      10,
      10_000,
      10_000_000L,
      600_000_000L,
      36_000_000_000L,
      864_000_000_000L,
      6_048_000_000_000L,
      26_297_460_000_000L,
      78_892_380_000_000L,
      315_569_520_000_000L
    };
    long size = Math.abs(v);
    long total = unit == Unit.NANOSECOND ? size / 100 : size * ticks[unit.ordinal()];
    if (v < 0) {
      out.writeByte('-');
    }
    long days = total / 864_000_000_000L;
    if (days > 0) {
      out.writeDecimal(days);
      out.writeByte('.');
    }
    int seconds = (int) (total / 10_000_000 % 86_400);
    out.writePadded(seconds / 3600, 2);
    out.writeByte(':');
    out.writePadded(seconds / 60 % 60, 2);
    out.writeByte(':');
    out.writePadded(seconds % 60, 2);
    if (total % 10_000_000 != 0) {
      out.writeByte('.');
      out.writePadded((int) (total % 10_000_000), 7);
    }
  }
}
