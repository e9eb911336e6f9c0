package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.KeyNumbers;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.function.scalar.conversion.Cast;
import io.longhouse.function.scalar.conversion.Casts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values of arrays summed, or the smallest or largest kept, by keys of another array.
 *
 * <pre>
 * state = VarUInt n, n * (key, value of each column), in the keys' order
 * </pre>
 *
 * Sums leave keys out of the result whose values are all zero.
 */
@Register(
    kind = AggregateFactory.class,
    name = "sumMappedArrays",
    category = "Aggregate",
    doc = "Sums values by keys: arrays of keys and of values.")
@Register(
    kind = AggregateFactory.class,
    name = "minMappedArrays",
    category = "Aggregate",
    doc = "The smallest values by keys: arrays of keys and of values.")
@Register(
    kind = AggregateFactory.class,
    name = "maxMappedArrays",
    category = "Aggregate",
    doc = "The largest values by keys: arrays of keys and of values.")
@Register(
    kind = AggregateFactory.class,
    name = "sumMapWithOverflow",
    category = "Aggregate",
    doc = "Sums values by keys in the values' own type.")
@Register(
    kind = AggregateFactory.class,
    name = "sumMapFiltered",
    category = "Aggregate",
    doc = "Sums values by those keys that the parameter lists.")
@Register(
    kind = AggregateFactory.class,
    name = "sumMapFilteredWithOverflow",
    category = "Aggregate",
    doc = "Sums values in their own type by those keys that the parameter lists.")
final class MappedArrays implements AggregateFactory {
  private final String name;

  MappedArrays(String name) {
    this.name = name;
  }

  @Override
  public boolean handlesNulls() {
    return true;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean filtered = name.contains("Filtered");
    Arguments.parameters(name, parameters, filtered ? 1 : 0, filtered ? 1 : 0);
    boolean tuple = arguments.size() == 1 && arguments.get(0) instanceof TupleType;
    List<DataType> arrays = tuple ? ((TupleType) arguments.get(0)).elements() : arguments;
    if (arrays.size() < 2) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Aggregate function "
              + name
              + " requires at least two arguments of Array type or one argument of tuple of two"
              + " arrays");
    }
    for (DataType t : arrays) {
      if (!(t instanceof ArrayType)) {
        throw Arguments.illegal(name, t);
      }
    }
    DataType key = ((ArrayType) arrays.get(0)).element();
    String inner = name.substring(0, 3);
    var functions = new ArrayList<AggregateFunction>();
    var results = new ArrayList<DataType>();
    var casts = new ArrayList<Casting>();
    results.add(new ArrayType(key));
    for (DataType t : arrays.subList(1, arrays.size())) {
      DataType element = ((ArrayType) t).element();
      DataType value = NullableType.strip(element);
      if (value instanceof NothingType) {
        throw Arguments.illegal(name, t);
      }
      boolean own = inner.equals("sum") && value instanceof DecimalType;
      DataType wide = inner.equals("sum") && !own ? value : promoted(value);
      DataType added = element instanceof NullableType ? NullableType.orSame(wide) : wide;
      AggregateFunction f =
          Aggregates.resolve(own ? "sumWithOverflow" : inner, List.of(), List.of(added));
      functions.add(f);
      boolean narrow =
          !inner.equals("sum")
              || own
              || name.contains("WithOverflow") && value instanceof IntegerType;
      DataType stored = NullableType.strip(f.resultType());
      DataType result = narrow ? value : stored;
      results.add(new ArrayType(result));
      casts.add(
          new Casting(
              Casts.widening(element, added), f.resultType(), Casts.widening(stored, result)));
    }
    return new Mapped(
        new TupleType(results),
        key,
        functions,
        casts,
        tuple,
        inner,
        filtered ? filter(key, parameters.get(0)) : null);
  }

  /** The widest type of a number's kind, in which states keep it. */
  private static DataType promoted(DataType type) {
    return switch (type) {
      case IntegerType t when t.bytes() <= 8 -> IntegerType.of(8, t.signed());
      case FloatType _ -> FloatType.FLOAT64;
      case DecimalType t when t.bytes() <= 16 -> DecimalType.ofBytes(16, t.scale());
      default -> type;
    };
  }

  /**
   * How the values of one array are turned into what is added, and results into what is given out.
   *
   * @param stored the type of results in states
   */
  private record Casting(Cast in, DataType stored, Cast out) {}

  private KeyNumbers filter(DataType key, Argument parameter) {
    var keys = new KeyNumbers(NullableType.strip(key));
    NumberLayout layout = NumberLayout.of(NullableType.strip(key));
    for (Argument a : Arguments.elements(name, parameter)) {
      ColumnBuilder one = NullableType.strip(key).newBuilder(1);
      if (layout != null && layout.fitsWord()) {
        Values.append(
            layout.floating()
                ? Values.bitsOfFloat(Arguments.real(name, a), layout.bytes())
                : Arguments.integer(name, a),
            one);
      } else {
        one.append(Objects.requireNonNull(a.constant()), 0);
      }
      keys.of(one.build(), 0);
    }
    return keys;
  }

  /** Keys with their numbers, which are the groups of each column's states. */
  private record State(KeyNumbers keys, List<GroupStates> values) {}

  private record Input(ArrayColumn keys, List<ArrayColumn> values) {}

  private static final class Mapped extends ObjectAggregate<State, Input> {
    private final DataType keyType;
    private final List<AggregateFunction> functions;
    private final List<Casting> casts;
    private final boolean tuple;
    private final boolean dropsZeros;
    private final String storing;
    private final @Nullable KeyNumbers filter;

    Mapped(
        DataType result,
        DataType keyType,
        List<AggregateFunction> functions,
        List<Casting> casts,
        boolean tuple,
        String inner,
        @Nullable KeyNumbers filter) {
      super(result);
      this.keyType = keyType;
      this.functions = functions;
      this.casts = casts;
      this.tuple = tuple;
      this.dropsZeros = inner.startsWith("sum");
      this.storing = dropsZeros ? "sumWithOverflow" : inner;
      this.filter = filter;
    }

    @Override
    protected State newState() {
      return new State(
          new KeyNumbers(keyType), functions.stream().map(f -> GroupStates.of(f, 0)).toList());
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      Column[] columns = arguments;
      if (tuple) {
        columns = ((TupleColumn) arguments[0].full()).elements().toArray(Column[]::new);
      }
      var keys = (ArrayColumn) columns[0].full();
      var values = new ArrayList<ArrayColumn>();
      for (int i = 1; i < columns.length; i++) {
        var v = (ArrayColumn) columns[i].full();
        if (!Arrays.equals(v.offsets(), 0, rows + 1, keys.offsets(), 0, rows + 1)) {
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Sizes of keys and values arrays do not match");
        }
        Column e = v.elements().full();
        Cast cast = casts.get(i - 1).in();
        values.add(new ArrayColumn(v.offsets(), cast.apply(e, e.size()).full(), rows));
      }
      return new Input(keys, values);
    }

    @Override
    protected void addRun(State state, Input in, int from, int to) {
      int first = in.keys.offsets()[from];
      int last = in.keys.offsets()[to];
      int[] rows = new int[last - first];
      int[] groups = new int[last - first];
      int count = 0;
      Column keys = in.keys.elements().full();
      for (int i = first; i < last; i++) {
        if (filter != null && !contains(filter, keys, i)) {
          continue;
        }
        rows[count] = i;
        groups[count++] = state.keys.of(keys, i);
      }
      for (int v = 0; v < functions.size(); v++) {
        GroupStates states = state.values.get(v);
        states.ensure(state.keys.size());
        if (count > 0) {
          Column some = in.values.get(v).elements().full().gather(rows, count);
          functions.get(v).add(states, 0, 0, groups, new Column[] {some}, count);
        }
      }
    }

    private static boolean contains(KeyNumbers filter, Column keys, int row) {
      Column plain = keys instanceof NullableColumn n ? n.values() : keys;
      return filter.find(plain, row) >= 0;
    }

    @Override
    protected void merge(State into, State from) {
      Column keys = from.keys.values();
      int n = from.keys.size();
      int[] groups = new int[n];
      int[] theirs = new int[n];
      for (int i = 0; i < n; i++) {
        groups[i] = into.keys.of(keys, i);
        theirs[i] = i;
      }
      for (int v = 0; v < functions.size(); v++) {
        into.values.get(v).ensure(into.keys.size());
        functions
            .get(v)
            .merge(into.values.get(v), 0, 0, groups, from.values.get(v), 0, 0, theirs, n);
      }
    }

    /** The values of all keys by number. */
    private Column results(State state, int v) {
      ColumnBuilder b = casts.get(v).stored().newBuilder(state.keys.size());
      functions.get(v).result(state.values.get(v), 0, 0, 0, state.keys.size(), b);
      return b.build();
    }

    @Override
    protected void write(State state, ByteWriter out) {
      out.writeVarUInt(state.keys.size());
      Column keys = state.keys.values();
      Column[] values = new Column[functions.size()];
      Arrays.setAll(values, v -> results(state, v));
      for (int k : state.keys.sorted()) {
        BinaryValues.write(keys, k, false, out);
        for (Column c : values) {
          BinaryValues.write(c, k, false, out);
        }
      }
    }

    @Override
    protected State read(ByteReader in) {
      State state = newState();
      int n = in.readLength(1 << 27, "map");
      ColumnBuilder key = keyType.newBuilder(1);
      for (int i = 0; i < n; i++) {
        BinaryValues.read(in, false, key);
        int group = state.keys.of(key.build(), 0);
        for (int v = 0; v < functions.size(); v++) {
          ColumnBuilder one = casts.get(v).stored().newBuilder(1);
          BinaryValues.read(in, false, one);
          AggregateFunction f =
              Aggregates.resolve(storing, List.of(), List.of(casts.get(v).stored()));
          state.values.get(v).ensure(group + 1);
          f.addToOne(state.values.get(v), 0, 0, group, new Column[] {one.build()}, 1);
        }
      }
      return state;
    }

    @Override
    protected void result(State state, ColumnBuilder out) {
      var result = (TupleColumn.Builder) out;
      Column keys = state.keys.values();
      Column[] values = new Column[functions.size()];
      Arrays.setAll(values, v -> results(state, v));
      Column[] given = new Column[values.length];
      for (int v = 0; v < values.length; v++) {
        Column plain = values[v] instanceof NullableColumn n ? n.values() : values[v];
        given[v] = casts.get(v).out().apply(plain, plain.size()).full();
      }
      for (int k : state.keys.sorted()) {
        if (dropsZeros && allZero(values, k)) {
          continue;
        }
        ((ArrayColumn.Builder) result.elements().get(0)).elements().append(keys, k);
        for (int v = 0; v < values.length; v++) {
          ((ArrayColumn.Builder) result.elements().get(v + 1)).elements().append(given[v], k);
        }
      }
      for (ColumnBuilder b : result.elements()) {
        ((ArrayColumn.Builder) b).endRow();
      }
      result.addedRow();
    }

    private boolean allZero(Column[] values, int k) {
      for (int v = 0; v < values.length; v++) {
        DataType t = NullableType.strip(casts.get(v).stored());
        Column c = values[v];
        if (c instanceof NullableColumn n) {
          if (n.isNullAt(k)) {
            continue;
          }
          c = n.values();
        }
        if (t.compare(c, k, t.defaultValue(), 0, 1) != 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    protected long bytes(State state) {
      return state.keys.bytes() + state.values.stream().mapToLong(GroupStates::retainedBytes).sum();
    }
  }
}
