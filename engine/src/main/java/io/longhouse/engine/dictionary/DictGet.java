package io.longhouse.engine.dictionary;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code dictGet}, {@code dictGetOrDefault}, {@code dictGetOrNull}, {@code dictHas}. */
@Register(
    kind = FunctionFactory.class,
    name = "dictGet",
    category = "Dictionary",
    doc = "An attribute, or a tuple of them, of a dictionary's key.")
@Register(
    kind = FunctionFactory.class,
    name = "dictGetOrDefault",
    category = "Dictionary",
    doc = "An attribute of a dictionary's key, or the last argument for one that is not there.")
@Register(
    kind = FunctionFactory.class,
    name = "dictGetOrNull",
    category = "Dictionary",
    doc = "An attribute of a dictionary's key, NULL for one that is not there.")
@Register(
    kind = FunctionFactory.class,
    name = "dictHas",
    category = "Dictionary",
    doc = "Whether a dictionary has a key.")
final class DictGet implements FunctionFactory {
  private final String name;
  private final @Nullable DataType expected;

  DictGet(String name) {
    this(name, null);
  }

  /**
   * @param expected the type that the attribute must have, null for any
   */
  DictGet(String name, @Nullable DataType expected) {
    this.name = name;
    this.expected = expected;
  }

  private boolean orDefault() {
    return name.endsWith("OrDefault");
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean has = name.equals("dictHas");
    int before = has ? 1 : 2;
    if (arguments.size() < before + 1) {
      throw wrongCount(name);
    }
    DictionaryTable dictionary = DictKey.dictionary(name, arguments, context);
    DictionarySpec spec = dictionary.spec();
    int ranges = spec.layout().isRanged() ? 1 : 0;
    if (arguments.size() != before + 1 + ranges + (orDefault() ? 1 : 0)) {
      throw wrongCount(name);
    }
    DictKey key = DictKey.of(name, spec, arguments, before, context);
    if (has) {
      return new Has(dictionary, key, Dictionaries.data(dictionary, context));
    }
    List<Integer> places = new ArrayList<>();
    boolean single = names(arguments.get(1), spec, places);
    DataType type = type(spec, places, single);
    DataType result = name.endsWith("OrNull") ? nullable(type) : type;
    DictKey.@Nullable Cast toDefault =
        orDefault() ? DictKey.Cast.of(arguments.getLast(), type, context) : null;
    return new Get(
        dictionary,
        key,
        Dictionaries.data(dictionary, context),
        List.copyOf(places),
        single,
        result,
        name.endsWith("OrNull"),
        toDefault);
  }

  static LonghouseException wrongCount(String name) {
    return new LonghouseException(
        ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH, "Wrong argument count for function " + name);
  }

  /** One attribute or a tuple of them; says whether it is one. */
  private boolean names(Argument a, DictionarySpec spec, List<Integer> places) {
    Column c = a.constant();
    if (c != null && a.type() instanceof StringType) {
      int place = spec.attribute(a.type().textOf(c, 0));
      places.add(place);
      check(spec.columns().get(place));
      return true;
    }
    if (c != null && a.type() instanceof TupleType t && c.full().plain() instanceof TupleColumn v) {
      for (int i = 0; i < t.elements().size(); i++) {
        places.add(spec.attribute(t.elements().get(i).textOf(v.elements().get(i), 0)));
      }
      return false;
    }
    throw new LonghouseException(
        ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
        "Illegal type "
            + a.type().name()
            + " of second argument of function "
            + name
            + ", expected a const string or const tuple of const strings.");
  }

  private void check(DictionarySpec.Column attribute) {
    if (expected != null && !expected.equals(attribute.type())) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Function "
              + name
              + " dictionary attribute has different type "
              + attribute.type().name()
              + " expected "
              + expected.name());
    }
  }

  private static DataType type(DictionarySpec spec, List<Integer> places, boolean single) {
    if (single) {
      return spec.columns().get(places.getFirst()).type();
    }
    List<DataType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int p : places) {
      types.add(spec.columns().get(p).type());
      names.add(spec.columns().get(p).name());
    }
    return new TupleType(types, names);
  }

  private static DataType nullable(DataType type) {
    return type instanceof TupleType t && t.named()
        ? new TupleType(t.elements().stream().map(NullableType::orSame).toList(), t.names())
        : NullableType.orSame(type);
  }

  private record Has(DictionaryTable dictionary, DictKey key, DictionaryData data)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT8;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      int[] found = key.find(data, arguments, rows);
      byte[] out = new byte[rows];
      for (int i = 0; i < rows; i++) {
        out[i] = (byte) (found[i] < data.rows() ? 1 : 0);
      }
      return new Int8Column(out, rows);
    }
  }

  private record Get(
      DictionaryTable dictionary,
      DictKey key,
      DictionaryData data,
      List<Integer> places,
      boolean single,
      DataType resultType,
      boolean orNull,
      DictKey.@Nullable Cast toDefault)
      implements ScalarFunction {
    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      int[] found = key.find(data, arguments, rows);
      dictionary.asked.add(rows);
      Column[] values = new Column[places.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = data.values(places.get(i), found);
      }
      byte[] missing = new byte[rows];
      int hits = 0;
      for (int i = 0; i < rows; i++) {
        missing[i] = (byte) (found[i] < data.rows() ? 0 : 1);
        hits += 1 - missing[i];
      }
      dictionary.found.add(hits);
      if (orNull) {
        for (int i = 0; i < values.length; i++) {
          values[i] = withNulls(values[i], elementType(i), missing);
        }
      }
      Column all = single ? values[0] : new TupleColumn(List.of(values), rows);
      return toDefault == null || hits == rows
          ? all
          : withDefaults(all, toDefault.apply(arguments[arguments.length - 1], rows), missing);
    }

    private DataType elementType(int i) {
      return single ? resultType : ((TupleType) resultType).elements().get(i);
    }

    private static Column withNulls(Column values, DataType type, byte[] missing) {
      if (!(type instanceof NullableType n)) {
        return values;
      }
      ColumnBuilder out = n.newBuilder(missing.length);
      Column plain =
          values instanceof NullableColumn
              ? values
              : new NullableColumn(values.plain(), new byte[missing.length]);
      for (int i = 0; i < missing.length; i++) {
        if (missing[i] != 0) {
          out.appendDefault(1);
        } else {
          out.append(plain, i);
        }
      }
      return out.build();
    }

    private Column withDefaults(Column values, Column defaults, byte[] missing) {
      ColumnBuilder out = resultType.newBuilder(missing.length);
      for (int from = 0; from < missing.length; ) {
        int to = from + 1;
        while (to < missing.length && missing[to] == missing[from]) {
          to++;
        }
        out.appendRange(missing[from] != 0 ? defaults : values, from, to - from);
        from = to;
      }
      return out.build();
    }
  }
}
