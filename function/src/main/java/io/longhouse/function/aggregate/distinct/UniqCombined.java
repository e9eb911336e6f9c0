package io.longhouse.function.aggregate.distinct;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.hash.IntHash;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.Numbers;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongList;
import io.longhouse.function.aggregate.state.NumberLayout;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code uniqCombined}, {@code uniqCombined64} and {@code uniqHLL12}: a short list of hashes, then
 * (not for the last) a table of them, then a {@link HyperLogLog}.
 *
 * <pre>
 * combined = UInt8 1, VarUInt n, n * hash | UInt8 2, VarUInt n, n * hash in table order | UInt8 3, ranks
 * HLL12    = UInt8 0, VarUInt n, n * value | UInt8 1, ranks
 * </pre>
 */
@Register(
    kind = AggregateFactory.class,
    name = "uniqCombined",
    category = "Aggregate",
    doc = "An estimate of the number of different values by 32-bit hashes.")
@Register(
    kind = AggregateFactory.class,
    name = "uniqCombined64",
    category = "Aggregate",
    doc = "An estimate of the number of different values by 64-bit hashes.")
@Register(
    kind = AggregateFactory.class,
    name = "uniqHLL12",
    category = "Aggregate",
    doc = "An estimate of the number of different values by HyperLogLog with 4096 cells.")
final class UniqCombined implements AggregateFactory {
  private final String name;

  UniqCombined(String name) {
    this.name = name;
  }

  @Override
  public boolean zeroWithoutRows() {
    return name.equals("uniqHLL12");
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    boolean hll12 = name.equals("uniqHLL12");
    Arguments.parameters(name, parameters, 0, hll12 ? 0 : 1);
    Arguments.countAtLeast(name, arguments, 1);
    long precision =
        hll12 ? 12 : parameters.isEmpty() ? 17 : Arguments.integer(name, parameters.get(0));
    if (precision < 12 || precision > 20) {
      throw new LonghouseException(
          ErrorCode.PARAMETER_OUT_OF_BOUND,
          "Parameter for aggregate function " + name + " is out of range: [12, 20].");
    }
    DataType type = arguments.get(0);
    NumberLayout layout = arguments.size() == 1 ? RowHashes.number(type) : null;
    boolean string = arguments.size() == 1 && RowHashes.isString(type);
    if (hll12) {
      return new Sets(
          12,
          32,
          layout != null && layout.fitsWord() ? layout.bytes() : 8,
          Kind.SMALL_VALUES,
          layout != null || string ? Mix.INT_HASH_32 : Mix.NONE,
          layout != null && layout.floating() ? floats(layout) : RowHashes.approximate(arguments));
    }
    boolean wide = name.equals("uniqCombined64") || string;
    RowHashes.Words words = RowHashes.approximate(arguments);
    RowHashes.Words mixed =
        layout == null ? words : (c, rows) -> mix(words.of(c, rows), layout, rows);
    return new Sets((int) precision, wide ? 64 : 32, wide ? 8 : 4, Kind.COMBINED, Mix.NONE, mixed);
  }

  /** Floats as that function stores them: the number of their bits, as a float. */
  private static RowHashes.Words floats(NumberLayout layout) {
    return (c, rows) -> {
      long[] bits = Values.bits(c[0], rows);
      long[] out = new long[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = Values.bitsOfFloat(Numbers.unsignedToDouble(bits[r]), layout.bytes());
      }
      return out;
    };
  }

  private static long[] mix(long[] words, NumberLayout layout, int rows) {
    long[] out = new long[rows];
    for (int r = 0; r < rows; r++) {
      out[r] = layout.fitsWord() ? IntHash.mix64(words[r]) : words[r];
    }
    return out;
  }

  private enum Kind {
    COMBINED,
    SMALL_VALUES
  }

  private enum Mix {
    NONE,
    INT_HASH_32
  }

  private static final int SMALL_MAX = 16;

  /** Keys of one group, in one of three forms. */
  private static final class State {
    private final LongList small = new LongList();
    private @Nullable GrowingSet table;
    private @Nullable HyperLogLog ranks;
  }

  private static final class Sets extends ObjectAggregate<State, long[]> {
    private final int precision;
    private final int hashBits;
    private final int keyBytes;
    private final Kind kind;
    private final Mix mix;
    private final RowHashes.Words words;
    private final int tableMax;

    Sets(int precision, int hashBits, int keyBytes, Kind kind, Mix mix, RowHashes.Words words) {
      super(IntegerType.UINT64);
      this.precision = precision;
      this.hashBits = hashBits;
      this.keyBytes = keyBytes;
      this.kind = kind;
      this.mix = mix;
      this.words = words;
      this.tableMax = 1 << precision - 5 + (keyBytes == 4 ? 1 : 0);
    }

    @Override
    protected State newState() {
      return new State();
    }

    @Override
    protected long[] input(Column[] arguments, int rows) {
      return words.of(arguments, rows);
    }

    @Override
    protected void addRun(State state, long[] v, int from, int to) {
      for (int r = from; r < to; r++) {
        add(state, Values.truncate(v[r], keyBytes));
      }
    }

    private void addRank(HyperLogLog ranks, long key) {
      ranks.add(mix == Mix.INT_HASH_32 ? IntHash.mix32(key, 0) : key);
    }

    private void add(State state, long key) {
      HyperLogLog ranks = state.ranks;
      if (ranks != null) {
        addRank(ranks, key);
        return;
      }
      GrowingSet table = state.table;
      if (table != null) {
        if (table.size() < tableMax) {
          table.add(key);
        } else {
          addRank(toRanks(state), key);
        }
        return;
      }
      for (int i = 0; i < state.small.size(); i++) {
        if (state.small.values()[i] == key) {
          return;
        }
      }
      if (state.small.size() < SMALL_MAX) {
        state.small.add(key);
      } else if (kind == Kind.COMBINED) {
        toTable(state).add(key);
      } else {
        addRank(toRanks(state), key);
      }
    }

    private GrowingSet toTable(State state) {
      GrowingSet table = new GrowingSet();
      for (int i = 0; i < state.small.size(); i++) {
        table.add(state.small.values()[i]);
      }
      state.table = table;
      return table;
    }

    private HyperLogLog toRanks(State state) {
      HyperLogLog ranks = new HyperLogLog(precision, hashBits);
      GrowingSet table = state.table;
      long[] keys = table == null ? state.small.values() : table.keys();
      int n = table == null ? state.small.size() : keys.length;
      for (int i = 0; i < n; i++) {
        addRank(ranks, keys[i]);
      }
      state.table = null;
      state.ranks = ranks;
      return ranks;
    }

    @Override
    protected void merge(State into, State from) {
      if (from.ranks != null) {
        HyperLogLog own = into.ranks == null ? toRanks(into) : into.ranks;
        own.merge(from.ranks);
        return;
      }
      if (from.table != null && into.table == null && into.ranks == null) {
        toTable(into);
      }
      long[] keys = from.table == null ? from.small.values() : from.table.keys();
      int n = from.table == null ? from.small.size() : keys.length;
      for (int i = 0; i < n; i++) {
        add(into, keys[i]);
      }
    }

    @Override
    protected void write(State state, ByteWriter out) {
      boolean combined = kind == Kind.COMBINED;
      if (state.ranks != null) {
        out.writeByte(combined ? 3 : 1);
        state.ranks.write(out);
        return;
      }
      out.writeByte(combined ? (state.table == null ? 1 : 2) : 0);
      long[] keys = state.table == null ? state.small.values() : state.table.keys();
      int n = state.table == null ? state.small.size() : keys.length;
      out.writeVarUInt(n);
      for (int i = 0; i < n; i++) {
        Values.write(keys[i], keyBytes, out);
      }
    }

    @Override
    protected State read(ByteReader in) {
      State state = newState();
      int form = in.readUnsignedByte();
      if (form == (kind == Kind.COMBINED ? 3 : 1)) {
        HyperLogLog ranks = new HyperLogLog(precision, hashBits);
        ranks.read(in);
        state.ranks = ranks;
        return state;
      }
      if (kind == Kind.COMBINED && form == 2) {
        toTable(state);
      }
      int n = in.readLength(1 << 20, "set");
      for (int i = 0; i < n; i++) {
        add(state, Values.read(keyBytes, in));
      }
      return state;
    }

    @Override
    protected void result(State state, ColumnBuilder out) {
      long count =
          state.ranks != null
              ? state.ranks.count()
              : state.table != null ? state.table.size() : state.small.size();
      Values.append(count, out);
    }

    @Override
    protected long bytes(State state) {
      return state.small.bytes()
          + (state.table == null ? 0 : state.table.bytes())
          + (state.ranks == null ? 0 : state.ranks.bytes());
    }
  }

  /** A set of hashes that are their own places; doubles when half full. */
  private static final class GrowingSet {
    private long[] cells = new long[256];
    private int size;
    private boolean hasZero;

    int size() {
      return size;
    }

    long bytes() {
      return 8L * cells.length + 32;
    }

    void add(long key) {
      if (key == 0) {
        size += hasZero ? 0 : 1;
        hasZero = true;
        return;
      }
      int mask = cells.length - 1;
      int at = (int) key & mask;
      while (cells[at] != 0) {
        if (cells[at] == key) {
          return;
        }
        at = at + 1 & mask;
      }
      cells[at] = key;
      if (++size > cells.length >>> 1) {
        grow();
      }
    }

    private void grow() {
      int old = cells.length;
      cells = Arrays.copyOf(cells, old * 2);
      int i = 0;
      for (; i < old || cells[i] != 0; i++) {
        long key = cells[i];
        if (key == 0) {
          continue;
        }
        int mask = cells.length - 1;
        int at = (int) key & mask;
        while (at != i && cells[at] != 0) {
          at = at + 1 & mask;
        }
        if (at != i) {
          cells[at] = key;
          cells[i] = 0;
        }
      }
    }

    long[] keys() {
      long[] out = new long[size];
      int n = hasZero ? 1 : 0;
      for (long key : cells) {
        if (key != 0) {
          out[n++] = key;
        }
      }
      return out;
    }
  }
}
