package io.longhouse.function.scalar.datetime;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.BestEffortDateTime;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.ZoneOffsets;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.LongOperand;
import io.longhouse.function.number.LongSink;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Moments in nearly any notation. */
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeBestEffort",
    category = "Type Conversion",
    doc = "A moment in nearly any notation.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeBestEffortOrZero",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeBestEffortOrNull",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeBestEffortUS",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, months first.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeBestEffortUSOrZero",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, months first, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTimeBestEffortUSOrNull",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, months first, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime32BestEffort",
    category = "Type Conversion",
    doc = "A moment in nearly any notation.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime32BestEffortOrZero",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime32BestEffortOrNull",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64BestEffort",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, with digits behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64BestEffortOrZero",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, with digits behind the second, zero where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64BestEffortOrNull",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, with digits behind the second, NULL where that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64BestEffortUS",
    category = "Type Conversion",
    doc = "A moment in nearly any notation, months first, with digits behind the second.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64BestEffortUSOrZero",
    category = "Type Conversion",
    doc =
        "A moment in nearly any notation, months first, with digits behind the second, zero where"
            + " that fails.")
@Register(
    kind = FunctionFactory.class,
    name = "parseDateTime64BestEffortUSOrNull",
    category = "Type Conversion",
    doc =
        "A moment in nearly any notation, months first, with digits behind the second, NULL where"
            + " that fails.")
final class BestEffort implements FunctionFactory {
  private enum Ending {
    THROWS,
    OR_ZERO,
    OR_NULL
  }

  private final String name;
  private final Ending ending;
  private final boolean american;
  private final boolean fine;

  BestEffort(String name) {
    this.name = name;
    this.ending =
        name.endsWith("OrZero")
            ? Ending.OR_ZERO
            : name.endsWith("OrNull") ? Ending.OR_NULL : Ending.THROWS;
    this.american = name.contains("BestEffortUS");
    this.fine = name.startsWith("parseDateTime64");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 1, fine ? 3 : 2);
    DataType type = arguments.getFirst().type();
    if (!(type instanceof StringType) && !(type instanceof FixedStringType)) {
      throw Arguments.illegalType(name, type);
    }
    DataType result;
    if (fine) {
      long scale =
          arguments.size() > 1 ? Arguments.integer(name, arguments, 1, "Precision argument") : 3;
      if (scale < 0 || scale > 9) {
        throw new LonghouseException(
            ErrorCode.ARGUMENT_OUT_OF_BOUND, "Scale " + scale + " is out of bounds (max scale: 9)");
      }
      result = new DateTime64Type((int) scale, Zones.argument(name, arguments, 2));
    } else {
      result = new DateTimeType(Zones.argument(name, arguments, 1));
    }
    return new Call(result, ending, american);
  }

  private record Call(DataType moment, Ending ending, boolean american) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return ending == Ending.OR_NULL ? NullableType.orSame(moment) : moment;
    }

    @Override
    public boolean mayThrow() {
      return ending == Ending.THROWS;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column source = arguments[0].full();
      int scale = moment instanceof DateTime64Type t ? t.scale() : 0;
      boolean fine = moment instanceof DateTime64Type;
      var parser =
          new BestEffortDateTime(
              ZoneOffsets.of(MomentOperand.zoneOf(moment)), american, false, fine);
      var in = new ByteReader(new byte[0]);
      byte[] failed = new byte[rows];
      var out = new LongSink(fine ? 8 : 4, rows);
      for (int from = 0; from < rows; from += LongOperand.CHUNK) {
        int n = Math.min(LongOperand.CHUNK, rows - from);
        for (int k = 0; k < n; k++) {
          point(in, source, from + k);
          long value = 0;
          try {
            value = parse(parser, in, scale, fine);
          } catch (LonghouseException e) {
            if (ending == Ending.THROWS || e.errorCode() == ErrorCode.NOT_IMPLEMENTED) {
              throw e;
            }
            failed[from + k] = 1;
          }
          out.target()[out.offset() + k] = value;
        }
        out.advance(n);
      }
      Column values = out.build();
      return ending == Ending.OR_NULL ? new NullableColumn(values, failed) : values;
    }

    private long parse(BestEffortDateTime parser, ByteReader in, int scale, boolean fine) {
      int from = in.position();
      parser.read(in);
      if (!in.atEnd()) {
        throw new LonghouseException(
            ErrorCode.CANNOT_PARSE_TEXT,
            "Cannot parse string '"
                + ByteText.decode(in.buffer(), from, in.limit() - from)
                + "' as "
                + moment
                + ": syntax error at position "
                + (in.position() - from));
      }
      return fine ? parser.ticks(scale) : Math.clamp(parser.epochSecond(), 0, 0xFFFFFFFFL);
    }

    private static void point(ByteReader in, Column source, int row) {
      if (source instanceof FixedBytesColumn f) {
        int from = row * f.width();
        int end = from + f.width();
        while (end > from && f.bytes()[end - 1] == 0) {
          end--;
        }
        in.reset(f.bytes(), from, end - from);
      } else {
        var s = (StringColumn) source;
        in.reset(s.bytes(), s.offsets()[row], s.lengthAt(row));
      }
    }
  }
}
