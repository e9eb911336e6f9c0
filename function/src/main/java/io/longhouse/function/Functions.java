package io.longhouse.function;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * From a function's name and arguments to something that can be evaluated, with the handling of
 * constants, dictionaries and NULLs that a factory does not do itself, in that order from outside.
 */
public final class Functions {
  private Functions() {}

  /**
   * @throws LonghouseException UNKNOWN_FUNCTION (46) with names that are close
   */
  public static FunctionFactory factory(String name) {
    var registry = Registry.of(FunctionFactory.class);
    FunctionFactory f = registry.find(name);
    if (f == null) {
      List<String> similar = registry.similar(name);
      throw new LonghouseException(
          ErrorCode.UNKNOWN_FUNCTION,
          "Function with name `"
              + name
              + "` does not exist"
              + (similar.isEmpty() ? "" : ". Maybe you meant: " + similar));
    }
    return f;
  }

  public static ScalarFunction resolve(
      String name, List<Argument> arguments, FunctionContext context) {
    return resolve(factory(name), arguments, context);
  }

  public static ScalarFunction resolve(
      FunctionFactory factory, List<Argument> arguments, FunctionContext context) {
    ScalarFunction f =
        resolveDictionaries(
            factory,
            factory.handlesSimpleAggregates() ? arguments : withoutNames(arguments),
            context);
    return factory.handlesConstants() || f instanceof LazyFunction ? f : new OnConstants(f);
  }

  /** The arguments in the types of their values, where a type only names an aggregate function. */
  private static List<Argument> withoutNames(List<Argument> arguments) {
    if (arguments.stream().noneMatch(a -> a.type() instanceof SimpleAggregateFunctionType)) {
      return arguments;
    }
    return arguments.stream()
        .map(a -> new Argument(SimpleAggregateFunctionType.strip(a.type()), a.constant()))
        .toList();
  }

  /** The function inside the wrappers that handle constants, dictionaries and NULLs. */
  public static ScalarFunction unwrap(ScalarFunction f) {
    ScalarFunction inner = f;
    while (inner instanceof Wrapped w) {
      inner = w.f();
    }
    return inner;
  }

  private static ScalarFunction resolveDictionaries(
      FunctionFactory factory, List<Argument> arguments, FunctionContext context) {
    boolean any = arguments.stream().anyMatch(a -> a.type() instanceof LowCardinalityType);
    if (factory.handlesLowCardinality() || !any) {
      return resolveNulls(factory, arguments, context);
    }
    List<Argument> plain = new ArrayList<>();
    int dictionaries = 0;
    int others = 0;
    for (Argument a : arguments) {
      plain.add(
          new Argument(
              LowCardinalityType.strip(a.type()),
              a.constant() == null ? null : a.constant().plain()));
      if (a.type() instanceof LowCardinalityType && !a.isConstant()) {
        dictionaries++;
      } else if (!a.isConstant()) {
        others++;
      }
    }
    ScalarFunction f = resolveNulls(factory, plain, context);
    boolean onDictionary =
        dictionaries <= 1
            && others == 0
            && f.isDeterministic()
            && f.resultType().canBeInsideLowCardinality();
    return onDictionary ? new OnDictionary(f) : new ExpandingDictionaries(f);
  }

  private static ScalarFunction resolveNulls(
      FunctionFactory factory, List<Argument> arguments, FunctionContext context) {
    if (factory.handlesNulls()) {
      return factory.resolve(arguments, context);
    }
    boolean nullable = false;
    for (Argument a : arguments) {
      if (a.type() instanceof NothingType) {
        return new OfNothing();
      }
      nullable |= isNullable(a.type());
    }
    if (!nullable) {
      return factory.resolve(arguments, context);
    }
    for (Argument a : arguments) {
      if (NullableType.strip(LowCardinalityType.strip(a.type())) instanceof NothingType) {
        return new AlwaysNull();
      }
    }
    List<Argument> inside = new ArrayList<>();
    for (Argument a : arguments) {
      Column c = a.constant();
      boolean known = c != null && !c.isNullAt(0);
      inside.add(
          new Argument(
              NullableType.strip(a.type()),
              c instanceof NullableColumn n ? n.values() : known ? c : null));
    }
    return new PropagatingNulls(factory.resolve(inside, context));
  }

  private static boolean isNullable(DataType type) {
    return LowCardinalityType.strip(type) instanceof NullableType;
  }

  /** Evaluates on one row when all arguments are constant. */
  private record OnConstants(ScalarFunction f) implements Wrapped {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      if (arguments.length == 0 || !f.isDeterministic() && !f.isConstantInQuery()) {
        return f.evaluate(arguments, rows);
      }
      for (Column c : arguments) {
        if (!(c instanceof ConstColumn)) {
          return f.evaluate(arguments, rows);
        }
      }
      Column[] single = new Column[arguments.length];
      for (int i = 0; i < single.length; i++) {
        single[i] = new ConstColumn(((ConstColumn) arguments[i]).value(), 1);
      }
      return new ConstColumn(f.evaluate(single, 1).full(), rows);
    }
  }

  /** Evaluates on the entries of the one dictionary instead of on the rows. */
  private record OnDictionary(ScalarFunction f) implements Wrapped {
    @Override
    public DataType resultType() {
      return new LowCardinalityType(f.resultType());
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      int at = -1;
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] instanceof LowCardinalityColumn) {
          at = i;
        }
      }
      Column[] inner = new Column[arguments.length];
      if (at < 0 || ((LowCardinalityColumn) arguments[at]).dictionary().size() > rows) {
        for (int i = 0; i < inner.length; i++) {
          inner[i] = expand(arguments[i]);
        }
        Column values = f.evaluate(inner, rows);
        var b = new LowCardinalityColumn.Builder(f.resultType().newBuilder(16), rows);
        b.appendRange(values.full(), 0, rows);
        return b.build();
      }
      var encoded = (LowCardinalityColumn) arguments[at];
      if (f.mayThrow()) {
        encoded = used(encoded);
      }
      int entries = encoded.dictionary().size();
      for (int i = 0; i < inner.length; i++) {
        inner[i] = i == at ? encoded.dictionary() : resized(arguments[i], entries);
      }
      return encoded.withDictionary(f.evaluate(inner, entries).full());
    }

    /** The same rows over a dictionary without entries that no row has. */
    private static LowCardinalityColumn used(LowCardinalityColumn c) {
      int[] places = new int[c.dictionary().size()];
      int[] kept = new int[places.length];
      int[] indexes = new int[c.size()];
      int count = 0;
      for (int r = 0; r < indexes.length; r++) {
        int entry = c.indexes()[r];
        if (places[entry] == 0) {
          kept[count++] = entry;
          places[entry] = count;
        }
        indexes[r] = places[entry] - 1;
      }
      return count == places.length
          ? c
          : new LowCardinalityColumn(c.dictionary().gather(kept, count), indexes, indexes.length);
    }

    private static Column resized(Column constant, int rows) {
      return constant instanceof ConstColumn c
          ? new ConstColumn(c.value().plain(), rows)
          : constant;
    }
  }

  /** Expands dictionaries before the call. */
  private record ExpandingDictionaries(ScalarFunction f) implements Wrapped {
    @Override
    public Column evaluate(Column[] arguments, int rows) {
      Column[] inner = new Column[arguments.length];
      for (int i = 0; i < inner.length; i++) {
        inner[i] = expand(arguments[i]);
      }
      return f.evaluate(inner, rows);
    }
  }

  private static Column expand(Column c) {
    return c instanceof ConstColumn k
        ? new ConstColumn(k.value().plain(), k.size())
        : c instanceof LowCardinalityColumn l ? l.plain() : c;
  }

  /** NULL wherever an argument is NULL, and the function's result elsewhere. */
  private record PropagatingNulls(ScalarFunction f) implements Wrapped {
    @Override
    public DataType resultType() {
      DataType t = f.resultType();
      return t instanceof LowCardinalityType ? t : NullableType.orSame(t);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      byte[] nulls = new byte[rows];
      boolean any = false;
      Column[] inner = new Column[arguments.length];
      for (int i = 0; i < inner.length; i++) {
        Column c = arguments[i];
        if (c instanceof ConstColumn k && k.value() instanceof NullableColumn n) {
          if (n.isNullAt(0)) {
            return nullColumn(resultType(), rows);
          }
          c = new ConstColumn(n.values(), rows);
        } else if (c instanceof NullableColumn n) {
          byte[] m = n.nulls();
          int seen = 0;
          for (int r = 0; r < rows; r++) {
            nulls[r] |= m[r];
            seen |= m[r];
          }
          any |= seen != 0;
          c = n.values();
        }
        inner[i] = c;
      }
      Column values =
          any && f.mayThrow()
              ? evaluateWhereNotNull(inner, nulls, rows)
              : f.evaluate(inner, rows).full();
      return resultType() instanceof NullableType ? asNullable(values, nulls, rows) : values;
    }

    private Column evaluateWhereNotNull(Column[] arguments, byte[] nulls, int rows) {
      int[] selected = new int[rows];
      int count = 0;
      for (int r = 0; r < rows; r++) {
        if (nulls[r] == 0) {
          selected[count++] = r;
        }
      }
      Column[] some = new Column[arguments.length];
      for (int i = 0; i < some.length; i++) {
        some[i] = arguments[i].gather(selected, count);
      }
      Column results =
          count == 0 ? f.resultType().newBuilder(0).build() : f.evaluate(some, count).full();
      return scatter(results, f.resultType(), nulls, rows);
    }
  }

  /** Spreads results over the rows where {@code skipped} is 0; zero values stand at the others. */
  private static Column scatter(Column results, DataType type, byte[] skipped, int rows) {
    var out = type.newBuilder(rows);
    int at = 0;
    for (int r = 0; r < rows; ) {
      int end = r;
      while (end < rows && skipped[end] == skipped[r]) {
        end++;
      }
      if (skipped[r] == 0) {
        out.appendRange(results, at, end - r);
        at += end - r;
      } else {
        out.appendDefault(end - r);
      }
      r = end;
    }
    return out.build();
  }

  private static Column asNullable(Column values, byte[] nulls, int rows) {
    if (values instanceof NullableColumn n) {
      byte[] both = new byte[rows];
      for (int r = 0; r < rows; r++) {
        both[r] = (byte) (nulls[r] | n.nulls()[r]);
      }
      return new NullableColumn(n.values(), both);
    }
    return new NullableColumn(values, nulls);
  }

  /** {@code rows} NULLs of a Nullable type. */
  public static Column nullColumn(DataType type, int rows) {
    var b = type.newBuilder(1);
    b.appendDefault(1);
    return new ConstColumn(b.build(), rows);
  }

  /** A function of what has no values, for example of an empty array's elements. */
  private record OfNothing() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return NothingType.TYPE;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return NothingType.TYPE.defaults(rows);
    }
  }

  /** A function of the literal NULL. */
  private record AlwaysNull() implements ScalarFunction {
    @Override
    public DataType resultType() {
      return NullableType.orSame(NothingType.TYPE);
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return nullColumn(resultType(), rows);
    }
  }

  /** What the wrappers have in common: they answer for the function inside. */
  private interface Wrapped extends ScalarFunction {
    ScalarFunction f();

    @Override
    default DataType resultType() {
      return f().resultType();
    }

    @Override
    default boolean isDeterministic() {
      return f().isDeterministic();
    }

    @Override
    default boolean isConstantInQuery() {
      return f().isConstantInQuery();
    }

    @Override
    default boolean isOfServer() {
      return f().isOfServer();
    }

    @Override
    default boolean mayThrow() {
      return f().mayThrow();
    }

    @Override
    default int monotonicity(int argument) {
      return f().monotonicity(argument);
    }
  }
}
