package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Int32Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.Calendar;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.NumberShape;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Modified Julian days: days since 1858-11-17. Years from 0 to 9999. */
@Register(
    kind = FunctionFactory.class,
    name = "toModifiedJulianDay",
    category = "Dates and Times",
    doc = "The modified Julian day of a date as text.")
@Register(
    kind = FunctionFactory.class,
    name = "toModifiedJulianDayOrNull",
    category = "Dates and Times",
    doc = "The modified Julian day of a date as text, NULL if it is none.")
@Register(
    kind = FunctionFactory.class,
    name = "fromModifiedJulianDay",
    category = "Dates and Times",
    doc = "The date of a modified Julian day as text.")
@Register(
    kind = FunctionFactory.class,
    name = "fromModifiedJulianDayOrNull",
    category = "Dates and Times",
    doc = "The date of a modified Julian day as text, NULL if it is out of range.")
final class JulianDays implements FunctionFactory {
  private static final int EPOCH = 40_587;

  private final String name;

  JulianDays(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1);
    DataType type = arguments.getFirst().type();
    boolean orNull = name.endsWith("OrNull");
    if (name.startsWith("to")) {
      if (!(type instanceof StringType) && !(type instanceof FixedStringType)) {
        throw Arguments.illegalType(name, type);
      }
      return new ToDay(orNull);
    }
    NumberShape shape = NumberShape.of(type);
    if (shape == null || !shape.isInteger() || shape.isWide()) {
      throw Arguments.illegalType(name, type);
    }
    return new FromDay(orNull, shape.signed());
  }

  private record ToDay(boolean orNull) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return orNull ? NullableType.orSame(IntegerType.INT32) : IntegerType.INT32;
    }

    @Override
    public boolean mayThrow() {
      return !orNull;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column text = arguments[0].full();
      int[] out = new int[rows];
      byte[] nulls = new byte[rows];
      for (int r = 0; r < rows; r++) {
        byte[] b;
        int from;
        int to;
        if (text instanceof FixedBytesColumn f) {
          b = f.bytes();
          from = r * f.width();
          to = from + f.width();
        } else {
          var s = (StringColumn) text;
          b = s.bytes();
          from = s.offsets()[r];
          to = s.offsets()[r + 1];
        }
        int day = parse(b, from, to, !orNull);
        if (day != Integer.MIN_VALUE) {
          out[r] = day + EPOCH;
        } else if (orNull) {
          nulls[r] = 1;
        } else {
          throw new LonghouseException(
              ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
              "Cannot read input: expected a digit but got something else");
        }
      }
      Column days = new Int32Column(out, rows);
      return orNull ? new NullableColumn(days, nulls) : days;
    }

    /** Days since 1970 of {@code YYYY-MM-DD}, or the least number. */
    private static int parse(byte[] b, int from, int to, boolean throwing) {
      if (to - from != 10 || b[from + 4] != '-' || b[from + 7] != '-') {
        return Integer.MIN_VALUE;
      }
      int year = 0;
      int month = 0;
      int day = 0;
      for (int i = 0; i < 10; i++) {
        int d = b[from + i] - '0';
        if (i == 4 || i == 7) {
          continue;
        }
        if (d < 0 || d > 9) {
          return Integer.MIN_VALUE;
        }
        if (i < 4) {
          year = year * 10 + d;
        } else if (i < 7) {
          month = month * 10 + d;
        } else {
          day = day * 10 + d;
        }
      }
      boolean exists =
          month >= 1 && month <= 12 && day >= 1 && day <= Calendar.daysInMonth(year, month);
      if (!exists && throwing) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_DATE,
            "Invalid date, out of range (year: "
                + year
                + ", month: "
                + month
                + ", day_of_month: "
                + day
                + ")");
      }
      return exists ? Calendar.days(year, month, day) : Integer.MIN_VALUE;
    }
  }

  private record FromDay(boolean orNull, boolean signed) implements ScalarFunction {
    private static final long FIRST = Calendar.days(0, 1, 1) + (long) EPOCH;
    private static final long LAST = Calendar.days(9999, 12, 31) + (long) EPOCH;

    @Override
    public DataType resultType() {
      return orNull ? NullableType.orSame(StringType.TYPE) : StringType.TYPE;
    }

    @Override
    public boolean mayThrow() {
      return !orNull;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      var in = new LongOperand(arguments[0], signed, rows);
      int[] offsets = new int[rows + 1];
      var out = new ByteWriter(rows * 10);
      byte[] nulls = new byte[rows];
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        in.load(from, n);
        for (int k = 0; k < n; k++) {
          long day = in.array()[in.offset() + k];
          if (day >= FIRST && day <= LAST) {
            int c = Calendar.civil((int) (day - EPOCH));
            out.writePadded(Calendar.year(c), 4);
            out.writeByte('-');
            out.writePadded(Calendar.month(c), 2);
            out.writeByte('-');
            out.writePadded(Calendar.day(c), 2);
          } else if (orNull) {
            nulls[from + k] = 1;
          } else {
            throw new LonghouseException(
                ErrorCode.CANNOT_FORMAT_DATETIME,
                "Value cannot be represented as date because it's out of range");
          }
          offsets[from + k + 1] = out.position();
        }
      }
      Column text = new StringColumn(offsets, out.toByteArray(), rows);
      return orNull ? new NullableColumn(text, nulls) : text;
    }
  }
}
