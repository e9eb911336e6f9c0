package io.longhouse.engine.dictionary;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key among the arguments of a dictionary function, and the value in a range behind it. */
record DictKey(int place, Cast key, boolean complex, @Nullable Cast range) {
  /** A value as another type. */
  record Cast(ScalarFunction function, Column typeName) {
    static Cast of(Argument a, DataType to, FunctionContext context) {
      Column name = StringColumn.of(ByteText.encode(to.name()));
      ScalarFunction f =
          Functions.resolve(
              "_CAST",
              List.of(new Argument(a.type(), a.constant()), new Argument(StringType.TYPE, name)),
              context);
      return new Cast(f, name);
    }

    Column apply(Column value, int rows) {
      return function.evaluate(new Column[] {value, new ConstColumn(typeName, rows)}, rows).full();
    }
  }

  /** The dictionary that the first argument names. */
  static DictionaryTable dictionary(
      String function, List<Argument> arguments, FunctionContext context) {
    if (arguments.isEmpty()) {
      throw DictGet.wrongCount(function);
    }
    Argument a = arguments.getFirst();
    Column c = a.constant();
    if (c == null || !(a.type() instanceof StringType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Illegal type "
              + a.type().name()
              + " of first argument of function "
              + function
              + ", expected a const string.");
    }
    return Dictionaries.forLookups(a.type().textOf(c, 0), context);
  }

  static DictKey of(
      String function,
      DictionarySpec spec,
      List<Argument> arguments,
      int place,
      FunctionContext context) {
    Argument a = arguments.get(place);
    List<DataType> types = spec.keyTypes();
    boolean complex = spec.layout().isComplex();
    if (complex && types.size() > 1 && !(a.type() instanceof TupleType)) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT,
          "Third argument of function "
              + function
              + " must be tuple when dictionary is complex and key contains more than 1"
              + " attribute.Actual type "
              + a.type().name());
    }
    boolean tuple = complex && a.type() instanceof TupleType;
    DataType wanted = tuple ? new TupleType(types) : types.getFirst();
    Cast range =
        spec.layout().isRanged()
            ? Cast.of(arguments.get(place + 1), spec.columns().get(spec.rangeMin()).type(), context)
            : null;
    return new DictKey(place, Cast.of(a, wanted, context), tuple, range);
  }

  /** The row of each key, or the number of rows where there is none. */
  int[] find(DictionaryData data, Column[] arguments, int rows) {
    Column converted = key.apply(arguments[place], rows).plain();
    Column[] keys =
        complex && converted instanceof TupleColumn t
            ? t.elements().stream().map(Column::plain).toArray(Column[]::new)
            : new Column[] {converted};
    for (int i = 0; i < keys.length; i++) {
      keys[i] = keys[i] instanceof NullableColumn n ? n.values() : keys[i];
    }
    Cast inRange = range;
    return inRange == null
        ? data.find(keys, rows)
        : data.find(keys, inRange.apply(arguments[place + 1], rows), rows);
  }
}
