package io.longhouse.function.scalar.conversion;

import io.longhouse.column.Column;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.UuidType;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.number.NumberShape;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import org.jspecify.annotations.Nullable;

/** Finds the cast for a pair of types. */
public final class Casts {
  /** How exact a cast has to be. */
  public enum Mode {
    /** Numbers wrap around and fractions are cut off. */
    CAST,
    /** A value that the target cannot hold exactly is a failure. */
    ACCURATE
  }

  private Casts() {}

  /** The cast of CAST. */
  public static Cast of(DataType from, DataType to, FunctionContext context) {
    return of(from, to, Mode.CAST, context.formatSettings());
  }

  /** The cast of CAST in one of its modes. */
  public static Cast of(DataType from, DataType to, Mode mode, FunctionContext context) {
    return of(from, to, mode, context.formatSettings());
  }

  /** The cast from a type to one that holds all its values, where no setting matters. */
  public static Cast widening(DataType from, DataType to) {
    return of(from, to, Mode.CAST, FormatSettings.DEFAULT);
  }

  /** The cast of text to a type, as CAST reads it. */
  public static Cast ofText(DataType to, FunctionContext context) {
    return of(StringType.TYPE, to, context);
  }

  /** To String with the zeros at the end of a FixedString kept, as {@code if} does it. */
  public static Cast keepingZeros(DataType from, DataType to, FunctionContext context) {
    boolean fixed = NullableType.strip(from) instanceof FixedStringType;
    return fixed && to instanceof StringType && !(from instanceof NullableType)
        ? new TextWidth(TextWidth.KEEP_ZEROS)
        : of(from, to, context);
  }

  /**
   * The cast for two types.
   *
   * @throws LonghouseException CANNOT_CONVERT_TYPE (70) or TYPE_MISMATCH (53) where there is none
   */
  public static Cast of(DataType from, DataType to, Mode mode, FormatSettings settings) {
    if (from.equals(to)) {
      return Cast.IDENTITY;
    }
    if (from instanceof SimpleAggregateFunctionType || to instanceof SimpleAggregateFunctionType) {
      return of(
          SimpleAggregateFunctionType.strip(from),
          SimpleAggregateFunctionType.strip(to),
          mode,
          settings);
    }
    if (from instanceof LowCardinalityType || to instanceof LowCardinalityType) {
      return DictionaryCast.of(from, to, mode, settings);
    }
    if (from instanceof NullableType || to instanceof NullableType) {
      return NullableCast.of(from, to, mode, settings);
    }
    if (from instanceof NothingType) {
      return new FromNothing(to);
    }
    Cast cast = between(from, to, mode, settings);
    if (cast == null) {
      throw new LonghouseException(
          ErrorCode.CANNOT_CONVERT_TYPE,
          "Conversion from " + from + " to " + to + " is not supported");
    }
    return cast;
  }

  private static boolean isText(DataType t) {
    return t instanceof StringType || t instanceof FixedStringType;
  }

  static boolean isMoment(DataType t) {
    return t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof DateTime64Type;
  }

  private static @Nullable Cast between(
      DataType from, DataType to, Mode mode, FormatSettings settings) {
    if (to instanceof StringType) {
      return from instanceof FixedStringType ? new TextWidth(-1) : new Printing(from, settings);
    }
    if (to instanceof FixedStringType f && isText(from)) {
      return new TextWidth(f.width());
    }
    if (isNested(from) || isNested(to)) {
      return NestedCasts.of(from, to, mode, settings);
    }
    if (isText(from)) {
      return Parsing.of(to, settings);
    }
    if (from instanceof EnumType || to instanceof EnumType) {
      return EnumCast.of(from, to, mode, settings);
    }
    if (isMoment(from) && isMoment(to)) {
      return MomentCast.of(from, to, settings);
    }
    if (isMoment(to)) {
      NumberShape shape = NumberShape.of(from);
      return shape == null ? null : MomentFromNumber.of(shape, to);
    }
    Cast address = AddressCast.of(from, to);
    if (address != null) {
      return address;
    }
    return numbers(from, to, mode);
  }

  private static boolean isNested(DataType t) {
    return t instanceof ArrayType || t instanceof TupleType || t instanceof MapType;
  }

  private static @Nullable Cast numbers(DataType from, DataType to, Mode mode) {
    if (to instanceof UuidType || from instanceof UuidType && !isWideInteger(to)) {
      boolean number = NumberShape.of(from) != null || NumberShape.of(to) != null;
      if (number) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Conversion between numeric types and UUID is not supported. Probably the passed UUID"
                + " is unquoted");
      }
      return null;
    }
    if (from instanceof IntervalType x && to instanceof IntervalType y) {
      return IntervalCast.of(x, y);
    }
    boolean scaled = from instanceof DecimalType || from instanceof DateTime64Type;
    if (from instanceof IntervalType && (to instanceof DecimalType || to instanceof DateTime64Type)
        || to instanceof IntervalType && scaled) {
      return null;
    }
    if (from instanceof UuidType) {
      return new UuidToNumber();
    }
    NumberShape a = shape(from);
    NumberShape b = to instanceof IntervalType ? NumberShape.INT64 : NumberShape.of(to);
    if (a == null || b == null) {
      return null;
    }
    return to instanceof BoolType ? new BoolCast(a) : NumberCast.of(a, b, from, to, mode);
  }

  private static boolean isWideInteger(DataType t) {
    NumberShape s = NumberShape.of(t);
    return s != null && s.isInteger() && s.bytes() == 16;
  }

  private static @Nullable NumberShape shape(DataType from) {
    if (from instanceof DateTime64Type t) {
      return NumberShape.decimal(8, t.scale());
    }
    return from instanceof Ipv4Type || from instanceof Ipv6Type
        ? AddressCast.shape(from)
        : NumberShape.ofStorage(from);
  }

  /** A UUID holds its first half in the first word, a number its lower one. */
  private static final class UuidToNumber extends Cast {
    @Override
    protected Column convert(Column source, int rows, byte @Nullable [] failed) {
      long[] words = ((WideColumn) source).words();
      long[] out = new long[2 * rows];
      for (int r = 0; r < rows; r++) {
        out[2 * r] = words[2 * r + 1];
        out[2 * r + 1] = words[2 * r];
      }
      return new WideColumn(out, 2, rows);
    }

    @Override
    public boolean mayThrow() {
      return false;
    }
  }

  /** There are no values of Nothing; rows that never come get defaults. */
  private static final class FromNothing extends Cast {
    private final DataType to;

    FromNothing(DataType to) {
      this.to = to;
    }

    @Override
    protected Column convert(Column source, int rows, byte @Nullable [] failed) {
      var b = to.newBuilder(rows);
      b.appendDefault(rows);
      return b.build();
    }

    @Override
    public boolean mayThrow() {
      return false;
    }
  }
}
