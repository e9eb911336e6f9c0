package io.longhouse.function.scalar.tuple;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.NumberColumns;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/** Tuples put together, flattened, compared by element and described. */
@Register(
    kind = FunctionFactory.class,
    name = "tupleConcat",
    category = "Tuple",
    doc = "The elements of all tuples as one tuple.")
@Register(
    kind = FunctionFactory.class,
    name = "flattenTuple",
    category = "Tuple",
    doc = "A named tuple whose nested tuples are taken apart, their names joined by dots.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleNames",
    category = "Tuple",
    doc = "The names of a tuple's elements.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleToNameValuePairs",
    category = "Tuple",
    doc = "An array of the names and values of a tuple's elements.")
@Register(
    kind = FunctionFactory.class,
    name = "tupleHammingDistance",
    category = "Tuple",
    doc = "In how many elements two tuples differ.")
final class TupleParts implements FunctionFactory {
  private final String name;

  TupleParts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments);
    return switch (name) {
      case "tupleConcat" -> concat(s.atLeast(1));
      case "flattenTuple" -> flatten(s.count(1));
      case "tupleNames" -> names(s.count(1));
      case "tupleToNameValuePairs" -> pairs(s.count(1));
      default -> distance(s.count(2), context);
    };
  }

  private static TupleType tuple(Signature s, int i) {
    if (s.type(i) instanceof TupleType t) {
      return t;
    }
    throw s.illegal(i, "must be a tuple");
  }

  private static ScalarFunction concat(Signature s) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      types.addAll(tuple(s, i).elements());
    }
    return Resolved.of(
        new TupleType(types),
        (c, rows) -> {
          List<Column> elements = new ArrayList<>();
          for (Column t : c) {
            TupleArithmetic.elements(t).forEach(e -> elements.add(e.full()));
          }
          return new TupleColumn(elements, rows);
        });
  }

  private static ScalarFunction flatten(Signature s) {
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    TupleType tuple = tuple(s, 0);
    flatten(tuple, "", types, names);
    return Resolved.of(
        new TupleType(types, names),
        (c, rows) -> {
          List<Column> out = new ArrayList<>();
          flatten(tuple, c[0].full(), out);
          return new TupleColumn(out, rows);
        });
  }

  private static void flatten(
      TupleType t, String prefix, List<DataType> types, List<String> names) {
    for (int i = 0; i < t.elements().size(); i++) {
      String name = prefix + (t.named() ? t.names().get(i) : "" + (i + 1));
      if (t.elements().get(i) instanceof TupleType inner) {
        flatten(inner, name + ".", types, names);
      } else {
        types.add(t.elements().get(i));
        names.add(name);
      }
    }
  }

  private static void flatten(TupleType t, Column c, List<Column> out) {
    var tuple = (TupleColumn) c;
    for (int i = 0; i < t.elements().size(); i++) {
      Column e = tuple.elements().get(i).full();
      if (t.elements().get(i) instanceof TupleType inner) {
        flatten(inner, e, out);
      } else {
        out.add(e);
      }
    }
  }

  private static List<String> namesOf(TupleType t) {
    if (t.named()) {
      return t.names();
    }
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= t.elements().size(); i++) {
      numbers.add("" + i);
    }
    return numbers;
  }

  private static StringColumn strings(List<String> values) {
    var b = new StringColumn.Builder(values.size());
    for (String v : values) {
      b.add(ByteText.encode(v));
    }
    return b.build();
  }

  private static ScalarFunction names(Signature s) {
    List<String> names = namesOf(tuple(s, 0));
    var one = new ArrayColumn(new int[] {0, names.size()}, strings(names), 1);
    return Resolved.of(new ArrayType(StringType.TYPE), (_, rows) -> new ConstColumn(one, rows));
  }

  private static ScalarFunction pairs(Signature s) {
    TupleType t = tuple(s, 0);
    if (t.elements().isEmpty()) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Function " + s.function() + " needs a tuple with at least one element");
    }
    DataType value = t.elements().get(0);
    if (!t.elements().stream().allMatch(value::equals)) {
      throw s.illegal(0, "must be a tuple of elements of one type");
    }
    List<String> names = namesOf(t);
    int n = names.size();
    return Resolved.of(
        new ArrayType(new TupleType(List.of(StringType.TYPE, value))),
        (c, rows) -> {
          List<Column> elements = TupleArithmetic.elements(c[0]);
          var all = value.newBuilder(n * rows);
          for (int k = 0; k < n; k++) {
            all.appendRange(elements.get(k).full(), 0, rows);
          }
          int[] offsets = new int[rows + 1];
          int[] picks = new int[n * rows];
          int[] nameOf = new int[n * rows];
          for (int r = 0; r < rows; r++) {
            offsets[r + 1] = (r + 1) * n;
            for (int k = 0; k < n; k++) {
              picks[r * n + k] = k * rows + r;
              nameOf[r * n + k] = k;
            }
          }
          return new ArrayColumn(
              offsets,
              new TupleColumn(
                  List.of(
                      strings(names).gather(nameOf, n * rows), all.build().gather(picks, n * rows)),
                  n * rows),
              rows);
        });
  }

  private static ScalarFunction distance(Signature s, FunctionContext context) {
    TupleType left = tuple(s, 0);
    TupleType right = tuple(s, 1);
    int n = left.elements().size();
    if (right.elements().size() != n) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Expected tuples of the same size as arguments of function " + s.function());
    }
    List<ScalarFunction> differ = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      differ.add(
          Functions.resolve(
              "notEquals",
              List.of(Argument.of(left.elements().get(i)), Argument.of(right.elements().get(i))),
              context));
    }
    if (differ.stream().anyMatch(d -> isOnlyNull(d.resultType()))) {
      DataType none = NullableType.orSame(NothingType.TYPE);
      return Resolved.of(none, (_, rows) -> Functions.nullColumn(none, rows));
    }
    int bytes = n < 2 ? 1 : n < 3 ? 2 : n < 5 ? 4 : 8;
    DataType number = IntegerType.of(bytes, false);
    boolean nullable = differ.stream().anyMatch(d -> d.resultType() instanceof NullableType);
    return Resolved.throwing(
        nullable ? NullableType.orSame(number) : number,
        (c, rows) -> {
          List<Column> a = TupleArithmetic.elements(c[0]);
          List<Column> b = TupleArithmetic.elements(c[1]);
          long[] count = new long[rows];
          byte[] nulls = new byte[nullable ? rows : 0];
          for (int k = 0; k < n; k++) {
            Column d = differ.get(k).evaluate(new Column[] {a.get(k), b.get(k)}, rows).full();
            if (d instanceof NullableColumn some) {
              for (int r = 0; r < rows; r++) {
                nulls[r] |= some.nulls()[r];
              }
              d = some.values();
            }
            byte[] flags = ((Int8Column) d).values();
            for (int r = 0; r < rows; r++) {
              count[r] += flags[r];
            }
          }
          Column counts = NumberColumns.narrowed(count, rows, bytes);
          return nullable ? new NullableColumn(counts, nulls) : counts;
        });
  }

  private static boolean isOnlyNull(DataType type) {
    return type instanceof NullableType t && t.nested() instanceof NothingType;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }
}
