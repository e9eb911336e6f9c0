package io.longhouse.function;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.BFloat16Type;
import io.longhouse.column.type.BoolType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.IntervalType;
import io.longhouse.column.type.Ipv4Type;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.column.type.TypeFactory;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The smallest type that all values of several types can be turned into without loss. */
public final class CommonType {
  private CommonType() {}

  /**
   * The common type.
   *
   * @throws LonghouseException NO_COMMON_TYPE (386)
   */
  public static DataType of(List<DataType> types) {
    var distinct = new LinkedHashSet<DataType>();
    for (DataType t : types) {
      if (t == IntegerType.UINT64) {
        distinct.remove(IntegerType.UINT64_OF_LITERAL); // equal to it, and would stand for it
      }
      if (!(t instanceof NothingType)) {
        distinct.add(t);
      }
    }
    if (distinct.isEmpty()) {
      return NothingType.TYPE;
    }
    return distinct.size() == 1 ? distinct.getFirst() : ofDistinct(distinct);
  }

  public static DataType of(DataType a, DataType b) {
    return of(List.of(a, b));
  }

  /** The common type, or null where there is none. */
  public static @Nullable DataType find(List<DataType> types) {
    try {
      return of(types);
    } catch (LonghouseException e) {
      if (e.errorCode() == ErrorCode.NO_COMMON_TYPE) {
        return null;
      }
      throw e;
    }
  }

  /**
   * The common type, or a Variant of the types where there is none: what {@code if}, {@code array}
   * and {@code map} make of such arguments.
   *
   * @throws LonghouseException NO_COMMON_TYPE (386) when NULL comes together with types that cannot
   *     be Nullable
   */
  public static DataType orVariant(List<DataType> types) {
    DataType common = find(types);
    if (common != null) {
      return common;
    }
    boolean known = Registry.of(TypeFactory.class).entry("Variant") != null;
    boolean anyNull =
        types.stream()
            .anyMatch(t -> t instanceof NullableType n && n.nested() instanceof NothingType);
    if (!known || anyNull && types.size() == 2) {
      return of(types);
    }
    var names = new TreeSet<String>();
    for (DataType t : types) {
      DataType plain = NullableType.strip(t);
      if (!(plain instanceof NothingType)) {
        names.add(plain.name());
      }
    }
    return DataTypes.parse("Variant(" + String.join(", ", names) + ")");
  }

  private static LonghouseException none(Collection<DataType> types, String why) {
    return new LonghouseException(
        ErrorCode.NO_COMMON_TYPE,
        "There is no supertype for types "
            + types.stream().map(DataType::name).collect(Collectors.joining(", "))
            + " because "
            + why);
  }

  private static LonghouseException mixed(Collection<DataType> types, String what) {
    return none(types, "some of them are " + what + " and some of them are not");
  }

  private static <T> @Nullable List<T> all(Collection<DataType> types, Class<T> kind) {
    List<T> out = new ArrayList<>();
    for (DataType t : types) {
      if (kind.isInstance(t)) {
        out.add(kind.cast(t));
      }
    }
    if (out.isEmpty()) {
      return null;
    }
    if (out.size() != types.size()) {
      throw mixed(types, kind.getSimpleName().replace("Type", ""));
    }
    return out;
  }

  private static DataType ofDistinct(Collection<DataType> types) {
    boolean dictionaries = types.stream().anyMatch(t -> t instanceof LowCardinalityType);
    if (dictionaries) {
      boolean everywhere = types.stream().allMatch(t -> t instanceof LowCardinalityType);
      DataType inside = of(types.stream().map(LowCardinalityType::strip).toList());
      return everywhere && inside.canBeInsideLowCardinality()
          ? new LowCardinalityType(inside)
          : inside;
    }
    List<ArrayType> arrays = all(types, ArrayType.class);
    if (arrays != null) {
      return new ArrayType(of(arrays.stream().map(ArrayType::element).toList()));
    }
    List<TupleType> tuples = all(types, TupleType.class);
    if (tuples != null) {
      return ofTuples(types, tuples);
    }
    List<MapType> maps = all(types, MapType.class);
    if (maps != null) {
      return new MapType(
          of(maps.stream().map(MapType::key).toList()),
          of(maps.stream().map(MapType::value).toList()));
    }
    if (types.stream().anyMatch(t -> t instanceof NullableType)) {
      DataType inside = of(types.stream().map(NullableType::strip).toList());
      if (!inside.canBeInsideNullable()) {
        throw none(types, "a type cannot be inside Nullable");
      }
      return NullableType.orSame(inside);
    }
    return ofScalars(types);
  }

  private static DataType ofTuples(Collection<DataType> types, List<TupleType> tuples) {
    TupleType first = tuples.getFirst();
    int n = first.elements().size();
    boolean sameNames = true;
    for (TupleType t : tuples) {
      if (t.elements().size() != n) {
        throw none(types, "Tuples have different sizes");
      }
      sameNames &= t.names().equals(first.names());
    }
    List<DataType> elements = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int at = i;
      elements.add(of(tuples.stream().map(t -> t.elements().get(at)).toList()));
    }
    return new TupleType(elements, sameNames ? first.names() : List.of());
  }

  private static DataType ofScalars(Collection<DataType> types) {
    if (types.stream().anyMatch(t -> t instanceof StringType || t instanceof FixedStringType)) {
      boolean texts =
          types.stream()
              .allMatch(t ->
                  t instanceof StringType || t instanceof FixedStringType || t instanceof EnumType);
      if (!texts) {
        throw mixed(types, "String/FixedString/Enum");
      }
      return StringType.TYPE;
    }
    if (types.stream().anyMatch(CommonType::isMoment)) {
      if (!types.stream().allMatch(CommonType::isMoment)) {
        throw mixed(types, "Date/Date32/DateTime/DateTime64");
      }
      return ofMoments(types);
    }
    if (types.stream().anyMatch(t -> t instanceof IntervalType)) {
      List<IntervalType> intervals = all(types, IntervalType.class);
      return intervals == null ? NothingType.TYPE : ofIntervals(types, intervals);
    }
    if (types.stream().anyMatch(t -> t instanceof DecimalType)) {
      return ofDecimals(types);
    }
    return ofNumbers(types);
  }

  private static boolean isMoment(DataType t) {
    return t instanceof DateType
        || t instanceof Date32Type
        || t instanceof DateTimeType
        || t instanceof DateTime64Type;
  }

  private static DataType ofMoments(Collection<DataType> types) {
    int scale = -1;
    boolean date32 = false;
    DateTime64Type first64 = null;
    DateTimeType first = null;
    for (DataType t : types) {
      switch (t) {
        case DateTime64Type d -> {
          scale = Math.max(scale, d.scale());
          first64 = first64 == null ? d : first64;
        }
        case DateTimeType d -> first = first == null ? d : first;
        case Date32Type _ -> date32 = true;
        default -> {}
      }
    }
    if (first64 != null) {
      return new DateTime64Type(scale, first64.explicitZone());
    }
    if (first != null) {
      return date32 ? new DateTime64Type(0, null) : first;
    }
    return types.stream().filter(t -> t instanceof Date32Type).findFirst().orElseThrow();
  }

  private static DataType ofIntervals(Collection<DataType> types, List<IntervalType> intervals) {
    IntervalType least = intervals.getFirst();
    boolean months = false;
    boolean shorter = false;
    for (IntervalType t : intervals) {
      least = t.unit().compareTo(least.unit()) < 0 ? t : least;
      boolean calendar = t.unit().compareTo(IntervalType.Unit.MONTH) >= 0;
      months |= calendar;
      shorter |= !calendar;
    }
    if (months && shorter) {
      throw none(types, "intervals of months cannot be turned into shorter ones");
    }
    return least;
  }

  private static DataType ofDecimals(Collection<DataType> types) {
    int scale = 0;
    int precision = 0;
    for (DataType t : types) {
      if (t instanceof DecimalType d) {
        scale = Math.max(scale, d.scale());
        precision = Math.max(precision, DecimalType.ofBytes(d.bytes(), 0).precision());
      }
    }
    for (DataType t : types) {
      if (t instanceof DecimalType) {
        continue;
      }
      int digits = t instanceof IntegerType n ? decimalDigits(n) : t instanceof BoolType ? 3 : 0;
      if (digits == 0) {
        throw mixed(types, "Decimal or integer");
      }
      precision = Math.max(precision, scale + digits);
    }
    if (precision > 76) {
      throw none(types, "the precision is greater than supported");
    }
    return new DecimalType(
        precision <= 9 ? 9 : precision <= 18 ? 18 : precision <= 38 ? 38 : 76, scale);
  }

  /** Decimal digits of the largest value, 0 for types that no decimal takes. */
  private static int decimalDigits(IntegerType t) {
    return switch (t.bytes()) {
      case 1 -> 3;
      case 2 -> 5;
      case 4 -> 10;
      case 8 -> t.signed() ? 19 : 20;
      default -> 0;
    };
  }

  private static DataType ofNumbers(Collection<DataType> types) {
    int signed = 0;
    int unsigned = 0;
    int mantissa = 0;
    boolean anyBool = false;
    boolean onlyBytes = true;
    boolean literal = false;
    for (DataType t : types) {
      switch (t) {
        case BoolType _ -> {
          anyBool = true;
          unsigned = Math.max(unsigned, 8);
        }
        case IntegerType n -> {
          onlyBytes &= n.bytes() == 1 && !n.signed();
          if (n == IntegerType.UINT64_OF_LITERAL) {
            literal = true;
          } else if (n.signed()) {
            signed = Math.max(signed, n.bytes() * 8);
          } else {
            unsigned = Math.max(unsigned, n.bytes() * 8);
          }
        }
        case EnumType e -> {
          onlyBytes = false;
          signed = Math.max(signed, e.bytes() * 8);
        }
        case Ipv4Type _ -> {
          onlyBytes = false;
          unsigned = Math.max(unsigned, 32);
        }
        case BFloat16Type _ -> {
          onlyBytes = false;
          mantissa = Math.max(mantissa, 8);
        }
        case FloatType f -> {
          onlyBytes = false;
          mantissa = Math.max(mantissa, f.bytes() == 4 ? 24 : 53);
        }
        default -> throw none(types, "some of them are numbers and some of them are not");
      }
    }
    if (anyBool && onlyBytes) {
      return BoolType.TYPE;
    }
    if (literal && signed > 0) {
      signed = Math.max(signed, 64);
    } else if (literal) {
      unsigned = Math.max(unsigned, 64);
    }
    return number(types, signed, unsigned, mantissa);
  }

  private static DataType number(
      Collection<DataType> types, int signed, int unsigned, int mantissa) {
    int bits = Math.max(signed, unsigned);
    boolean grow = signed > 0 && unsigned >= signed;
    if (mantissa > 0) {
      bits = Math.max(bits, mantissa);
      if (bits <= 8) {
        return BFloat16Type.TYPE;
      }
      if (bits <= 24) {
        return FloatType.FLOAT32;
      }
      if (bits <= 53) {
        return FloatType.FLOAT64;
      }
      throw none(
          types,
          "some of them are integers and some are floating point, but there is no floating point"
              + " type, that can exactly represent all required integers");
    }
    if (!grow) {
      return IntegerType.of(bits / 8, signed > 0);
    }
    if (bits == 64 || bits == 256) {
      throw none(
          types,
          "some of them are signed integers and some are unsigned integers, but there is no signed"
              + " integer type, that can exactly represent all required unsigned integer values");
    }
    return IntegerType.of(bits / 4, true);
  }
}
