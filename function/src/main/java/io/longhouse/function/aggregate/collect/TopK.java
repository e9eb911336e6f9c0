package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.PlainValues;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code topK} and its kin: state = {@link SpaceSaving}. Numbers are counted as words, all else as
 * bytes (arena form, strings as they are).
 */
@Register(
    kind = AggregateFactory.class,
    name = "topK",
    category = "Aggregate",
    doc = "The most frequent values, approximately.")
@Register(
    kind = AggregateFactory.class,
    name = "topKWeighted",
    category = "Aggregate",
    doc = "The values with the largest sums of weights, approximately.")
@Register(
    kind = AggregateFactory.class,
    name = "approx_top_k",
    aliases = {"approx_top_count"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The most frequent values with counts and errors, approximately.")
@Register(
    kind = AggregateFactory.class,
    name = "approx_top_sum",
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The values with the largest sums of weights with sums and errors, approximately.")
final class TopK implements AggregateFactory {
  private static final int RESERVED_MAX = 0xFFFFFF;
  private final String name;
  private final boolean weighted;
  private final boolean counts;

  TopK(String name) {
    this.name = name;
    this.weighted = name.equals("topKWeighted") || name.equals("approx_top_sum");
    this.counts = name.startsWith("approx");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.count(name, arguments, weighted ? 2 : 1);
    Arguments.parameters(name, parameters, 0, counts ? 2 : 3);
    NumberLayout weight = null;
    if (weighted && (weight = NumberLayout.of(arguments.get(1))) == null) {
      throw Arguments.illegal(name, arguments.get(1));
    }
    long k = parameters.isEmpty() ? 10 : size(parameters.get(0));
    boolean includeCounts = counts;
    long reserved = k * 3;
    if (counts) {
      reserved = parameters.size() > 1 ? size(parameters.get(1)) : k * 3;
    } else {
      if (parameters.size() > 1) {
        double factor = Arguments.real(name, parameters.get(1));
        if (factor < 0) {
          throw tooLarge();
        }
        if (factor < 1) {
          throw new LonghouseException(
              ErrorCode.ARGUMENT_OUT_OF_BOUND,
              "Too small parameter 'load_factor' for aggregate function '"
                  + name
                  + "' (got "
                  + (long) factor
                  + ", minimum is 1)");
        }
        reserved = (long) (k * factor);
      }
      if (parameters.size() > 2) {
        includeCounts = Arguments.text(name, parameters.get(2)).equalsIgnoreCase("counts");
      }
    }
    if (k > RESERVED_MAX || reserved > RESERVED_MAX || k > reserved) {
      throw tooLarge();
    }
    DataType type = arguments.get(0);
    DataType element =
        includeCounts
            ? new TupleType(
                List.of(type, IntegerType.UINT64, IntegerType.UINT64),
                List.of("item", "count", "error"))
            : type;
    NumberLayout layout = NumberLayout.of(type);
    int keyBytes =
        layout != null && layout.fitsWord() && ArrayValues.isNumber(type) ? layout.bytes() : 0;
    return new Counters(type, element, keyBytes, (int) k, (int) reserved, includeCounts, weight);
  }

  /** A number of elements; negative ones are the large unsigned numbers that they stand for. */
  private long size(Argument parameter) {
    long n = Arguments.integer(name, parameter);
    if (n == 0) {
      throw new LonghouseException(
          ErrorCode.ARGUMENT_OUT_OF_BOUND,
          "Parameter 0 is illegal for aggregate function '" + name + "'");
    }
    if (n < 0 || n > RESERVED_MAX) {
      throw tooLarge();
    }
    return n;
  }

  private LonghouseException tooLarge() {
    return new LonghouseException(
        ErrorCode.ARGUMENT_OUT_OF_BOUND,
        "Too large parameter(s) for aggregate function '"
            + name
            + "' (maximum is "
            + RESERVED_MAX
            + ")");
  }

  /** The arguments of a block. */
  private record Input(Column values, long @Nullable [] words, long @Nullable [] weights) {}

  private static final class Counters extends ObjectAggregate<SpaceSaving, Input> {
    private final int keyBytes;
    private final PlainValues form;
    private final int k;
    private final int reserved;
    private final boolean includeCounts;
    private final @Nullable NumberLayout weight;

    Counters(
        DataType type,
        DataType element,
        int keyBytes,
        int k,
        int reserved,
        boolean includeCounts,
        @Nullable NumberLayout weight) {
      super(new ArrayType(element));
      this.keyBytes = keyBytes;
      this.form = new PlainValues(type);
      this.k = k;
      this.reserved = reserved;
      this.includeCounts = includeCounts;
      this.weight = weight;
    }

    @Override
    protected SpaceSaving newState() {
      return new SpaceSaving(reserved, keyBytes);
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      Column c = arguments[0].full();
      NumberLayout w = weight;
      return new Input(
          c,
          keyBytes > 0 ? Values.bits(c, rows) : null,
          w == null ? null : Values.longs(arguments[1], w.signed(), rows));
    }

    @Override
    protected void addRun(SpaceSaving state, Input in, int from, int to) {
      long[] words = in.words;
      long[] weights = in.weights;
      var one = new ByteWriter(32);
      for (int r = from; r < to; r++) {
        long w = weights == null ? 1 : weights[r];
        if (words != null) {
          state.add(words[r], w, 0);
        } else if (in.values instanceof StringColumn s) {
          state.add(s.bytes(), s.offsets()[r], s.lengthAt(r), w, 0);
        } else {
          one.reset();
          form.write(in.values, r, one);
          state.add(one.buffer(), 0, one.position(), w, 0);
        }
      }
    }

    @Override
    protected void merge(SpaceSaving into, SpaceSaving from) {
      into.merge(from);
    }

    @Override
    protected void write(SpaceSaving state, ByteWriter out) {
      state.write(out);
    }

    @Override
    protected SpaceSaving read(ByteReader in) {
      SpaceSaving state = newState();
      state.read(in);
      return state;
    }

    @Override
    protected void result(SpaceSaving state, ColumnBuilder out) {
      var array = (ArrayColumn.Builder) out;
      for (SpaceSaving.Counter c : state.top(k)) {
        if (includeCounts) {
          var tuple = (TupleColumn.Builder) array.elements();
          key(c, tuple.elements().get(0));
          ((Int64Column.Builder) tuple.elements().get(1)).add(c.count);
          ((Int64Column.Builder) tuple.elements().get(2)).add(c.error);
          tuple.addedRow();
        } else {
          key(c, array.elements());
        }
      }
      array.endRow();
    }

    private void key(SpaceSaving.Counter c, ColumnBuilder out) {
      if (keyBytes > 0) {
        Values.append(c.word, out);
      } else {
        form.append(c.bytes, 0, c.bytes.length, out);
      }
    }

    @Override
    protected long bytes(SpaceSaving state) {
      return state.bytes();
    }
  }
}
