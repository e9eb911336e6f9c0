package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TimeZones;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.number.NumberShape;
import io.longhouse.function.scalar.conditional.Choice;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code toX(value)} with the endings OrZero, OrNull and OrDefault. Decimals and DateTime64 take a
 * number of digits behind the value, moments a time zone at the end.
 */
abstract class ToType implements FunctionFactory {
  private enum Ending {
    THROWS(""),
    OR_ZERO("OrZero"),
    OR_NULL("OrNull"),
    OR_DEFAULT("OrDefault");

    private final String text;

    Ending(String text) {
      this.text = text;
    }
  }

  private final String name;
  private final String target;
  private final Ending ending;

  ToType(String name) {
    this.name = name;
    Ending found = Ending.THROWS;
    for (Ending e : Ending.values()) {
      if (name.endsWith(e.text)) {
        found = e;
      }
    }
    this.ending = found;
    String t = name.substring(2, name.length() - found.text.length());
    this.target = t.equals("DateTime32") ? "DateTime" : t;
  }

  private boolean hasScale() {
    return target.startsWith("Decimal") || target.equals("DateTime64");
  }

  private boolean hasZone() {
    return target.startsWith("Date");
  }

  /** Text that can be NULL and cannot be read is NULL. */
  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.equals("toDateTime")
        && arguments.size() > 1
        && arguments.get(1).type() instanceof IntegerType) {
      return resolveWithScale(arguments, context);
    }
    checkCount(arguments);
    DataType first = arguments.getFirst().type();
    DataType inside = NullableType.strip(first);
    boolean text = inside instanceof StringType || inside instanceof FixedStringType;
    if (first instanceof NullableType && text && ending == Ending.THROWS) {
      DataType to = NullableType.orSame(target(arguments));
      return new Call(Casts.of(first, to, context), first, to);
    }
    return Functions.resolve(this::resolveWithoutNulls, arguments, context);
  }

  /** {@code toDateTime(x, scale, zone)}: a DateTime64 unless the scale is 0. */
  private static ScalarFunction resolveWithScale(
      List<Argument> arguments, FunctionContext context) {
    if (Arguments.integer("toDateTime", arguments, 1, "Scale argument") != 0) {
      return new ToMoment("toDateTime64").resolve(arguments, context);
    }
    List<Argument> rest = new java.util.ArrayList<>(arguments);
    rest.remove(1);
    ScalarFunction seconds = new ToMoment("toDateTime").resolve(rest, context);
    return new io.longhouse.function.scalar.Resolved(
        seconds.resultType(),
        (c, rows) -> {
          List<Column> some = new java.util.ArrayList<>(List.of(c));
          some.remove(1);
          return seconds.evaluate(some.toArray(Column[]::new), rows);
        },
        seconds.mayThrow());
  }

  private static boolean isOnlyNull(Argument a) {
    return a.type() instanceof NullableType n && n.nested() instanceof NothingType;
  }

  /** How many arguments there must be at least. */
  private int least(List<Argument> arguments) {
    return 1 + (hasScale() && !(target.equals("DateTime64") && arguments.size() == 1) ? 1 : 0);
  }

  private void checkCount(List<Argument> arguments) {
    if (arguments.stream().anyMatch(ToType::isOnlyNull)) {
      return;
    }
    int min = least(arguments);
    boolean takesDefault = ending == Ending.OR_DEFAULT;
    int max = min + (hasZone() ? 1 : 0) + (takesDefault ? 1 : 0);
    if (arguments.size() < min || arguments.size() > max) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "An incorrect number of arguments was specified for function '"
              + name
              + "'. Expected "
              + min
              + " argument"
              + (min == 1 ? "" : "s")
              + ", got "
              + arguments.size()
              + " argument"
              + (arguments.size() == 1 ? "" : "s"));
    }
  }

  private ScalarFunction resolveWithoutNulls(List<Argument> arguments, FunctionContext context) {
    int min = least(arguments);
    DataType from = arguments.getFirst().type();
    boolean text = from instanceof StringType || from instanceof FixedStringType;
    if ((ending == Ending.OR_ZERO || ending == Ending.OR_NULL) && !text) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + from
              + " of first argument of function "
              + name
              + ". Conversion functions with postfix 'OrZero' or 'OrNull' should take String"
              + " argument");
    }
    if (from instanceof ArrayType || from instanceof TupleType || from instanceof MapType) {
      throw Arguments.illegalType(name, from);
    }
    DataType to = target(arguments);
    Cast cast = cast(arguments, from, to, context);
    return switch (ending) {
      case THROWS -> new Call(cast, from, to);
      case OR_ZERO -> new Forgiving(cast, to, false, -1);
      case OR_NULL -> new Forgiving(cast, NullableType.orSame(to), true, -1);
      case OR_DEFAULT -> {
        int place = arguments.size() > min ? arguments.size() - 1 : -1;
        if (place >= 0 && !arguments.get(place).type().equals(to)) {
          if (!hasZone() || !(arguments.get(place).type() instanceof StringType)) {
            throw new LonghouseException(
                ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
                "Default value type should be same as cast type. Expected "
                    + to
                    + ". Actual "
                    + arguments.get(place).type());
          }
          place = -1;
        }
        yield new Forgiving(cast, to, false, place);
      }
    };
  }

  private Cast cast(List<Argument> arguments, DataType from, DataType to, FunctionContext context) {
    ZoneId zone = target.startsWith("DateTime") ? null : zone(arguments, 1, StringType.TYPE);
    NumberShape number = NumberShape.of(from);
    if (zone != null && number != null) {
      Cast cast = MomentFromNumber.of(number, to, zone);
      return cast == null ? Casts.of(from, to, context) : cast;
    }
    DataType source =
        zone == null
            ? from
            : switch (from) {
              case DateTimeType _ -> new DateTimeType(zone);
              case DateTime64Type t -> new DateTime64Type(t.scale(), zone);
              default -> from;
            };
    return Casts.of(
        source, to, ending == Ending.THROWS ? Casts.Mode.CAST : Casts.Mode.ACCURATE, context);
  }

  private static @Nullable ZoneId zoneOf(DataType t) {
    return switch (t) {
      case DateTimeType d -> d.explicitZone();
      case DateTime64Type d -> d.explicitZone();
      default -> null;
    };
  }

  private DataType target(List<Argument> arguments) {
    if (target.startsWith("Decimal")) {
      int bytes = Integer.parseInt(target.substring(7)) / 8;
      int max = DecimalType.ofBytes(bytes, 0).precision();
      return DecimalType.ofBytes(bytes, scale(arguments, max));
    }
    DataType from = arguments.getFirst().type();
    return switch (target) {
      case "DateTime" -> new DateTimeType(zone(arguments, 1, from));
      case "DateTime64" ->
          new DateTime64Type(
              arguments.size() == 1 ? 3 : scale(arguments, 9), zone(arguments, 2, from));
      default -> DataTypes.parse(target);
    };
  }

  private int scale(List<Argument> arguments, int max) {
    long scale = Arguments.integer(name, arguments, 1, "Scale argument");
    if (scale < 0 || scale > max) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Scale " + scale + " is out of bounds (max scale: " + max + ")");
    }
    return (int) scale;
  }

  /** The zone that an argument names, or else that of a source with a zone of its own. */
  private @Nullable ZoneId zone(List<Argument> arguments, int place, DataType from) {
    if (arguments.size() > place && arguments.get(place).type() instanceof StringType) {
      String named = Arguments.text(name, arguments, place, "Time zone argument");
      return named.isEmpty() ? null : TimeZones.of(named);
    }
    return zoneOf(from);
  }

  private record Call(Cast cast, DataType from, DataType resultType) implements ScalarFunction {
    @Override
    public boolean mayThrow() {
      return cast.mayThrow();
    }

    @Override
    public int monotonicity(int argument) {
      return argument == 0 && growsWith(from, resultType) ? 1 : 0;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return cast.apply(arguments[0], rows);
    }

    private static boolean growsWith(DataType from, DataType to) {
      NumberShape a = NumberShape.of(from);
      NumberShape b = NumberShape.of(to);
      if (a != null && b != null) {
        boolean widens = a.isInteger() && b.isInteger() && b.bytes() >= a.bytes();
        return b.isFloat()
            || widens && (b.signed() == a.signed() || b.signed() && b.bytes() > a.bytes());
      }
      boolean fromMoment = Casts.isMoment(from);
      boolean narrows = to instanceof DateType && !(from instanceof DateTimeType);
      return fromMoment && Casts.isMoment(to) && !narrows && !(from instanceof Date32Type)
          || from instanceof DateTimeType && b != null && b.isInteger() && b.bytes() >= 4
          || from instanceof DateType && b != null && b.isInteger() && b.bytes() >= 4;
    }
  }

  /** Where the conversion fails stands NULL, a default or zero. */
  private record Forgiving(Cast cast, DataType resultType, boolean toNull, int defaultPlace)
      implements ScalarFunction {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] failed = new byte[rows];
      Column values = cast.apply(arguments[0], rows, failed);
      if (toNull) {
        return values.full() instanceof NullableColumn n
            ? n
            : new NullableColumn(values.full(), failed);
      }
      if (defaultPlace < 0) {
        return values;
      }
      int[] which = new int[rows];
      for (int r = 0; r < rows; r++) {
        which[r] = failed[r];
      }
      return Choice.of(resultType, new Column[] {values, arguments[defaultPlace]}, which, rows);
    }
  }
}
