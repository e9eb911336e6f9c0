package io.longhouse.engine.dictionary;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions of dictionaries whose keys form a tree. */
@Register(
    kind = FunctionFactory.class,
    name = "dictGetHierarchy",
    category = "Dictionary",
    doc = "A key and its parents up to the root.")
@Register(
    kind = FunctionFactory.class,
    name = "dictIsIn",
    category = "Dictionary",
    doc = "Whether a key is another one or below it.")
@Register(
    kind = FunctionFactory.class,
    name = "dictGetChildren",
    category = "Dictionary",
    doc = "The keys right below a key.")
@Register(
    kind = FunctionFactory.class,
    name = "dictGetDescendants",
    category = "Dictionary",
    doc = "The keys below a key, down to a level.")
final class DictHierarchy implements FunctionFactory {
  private final String name;

  DictHierarchy(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    boolean optional = name.equals("dictGetDescendants");
    int count = name.equals("dictIsIn") ? 3 : 2;
    if (arguments.size() < count || arguments.size() > count + (optional ? 1 : 0)) {
      throw DictGet.wrongCount(name);
    }
    DictionaryTable dictionary = DictKey.dictionary(name, arguments, context);
    int parent = dictionary.spec().parent();
    if (parent < 0 || dictionary.spec().layout().isComplex()) {
      throw new LonghouseException(
          ErrorCode.UNSUPPORTED_METHOD,
          "Dictionary " + dictionary.id() + " does not support hierarchy");
    }
    var hierarchy = new Hierarchy(Dictionaries.data(dictionary, context), parent);
    DictKey.Cast key = DictKey.Cast.of(arguments.get(1), IntegerType.UINT64, context);
    DictKey.@Nullable Cast other =
        arguments.size() > 2
            ? DictKey.Cast.of(arguments.get(2), IntegerType.UINT64, context)
            : null;
    return new Walk(name, hierarchy, key, other);
  }

  private record Walk(
      String name, Hierarchy hierarchy, DictKey.Cast key, DictKey.@Nullable Cast other)
      implements ScalarFunction {
    @Override
    public DataType resultType() {
      return name.equals("dictIsIn") ? IntegerType.UINT8 : new ArrayType(IntegerType.UINT64);
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column keys = key.apply(arguments[1], rows).plain();
      DictKey.Cast cast = other;
      Column others = cast == null ? null : cast.apply(arguments[2], rows).plain();
      byte[] flags = new byte[rows];
      int[] offsets = new int[rows + 1];
      long[] elements = new long[16];
      for (int i = 0; i < rows; i++) {
        long k = Hierarchy.number(keys, i);
        long o = others == null ? 0 : Hierarchy.number(others, i);
        if (name.equals("dictIsIn")) {
          flags[i] = (byte) (hierarchy.isIn(k, o) ? 1 : 0);
          continue;
        }
        List<Long> found =
            switch (name) {
              case "dictGetHierarchy" -> hierarchy.upwards(k);
              case "dictGetChildren" -> hierarchy.children(k);
              default -> hierarchy.downwards(k, o);
            };
        int end = offsets[i] + found.size();
        if (end > elements.length) {
          elements = Arrays.copyOf(elements, Math.max(end, 2 * elements.length));
        }
        for (int e = 0; e < found.size(); e++) {
          elements[offsets[i] + e] = found.get(e);
        }
        offsets[i + 1] = end;
      }
      return name.equals("dictIsIn")
          ? new Int8Column(flags, rows)
          : new ArrayColumn(
              offsets,
              new Int64Column(Arrays.copyOf(elements, offsets[rows]), offsets[rows]),
              rows);
    }
  }
}
