package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.FixedAggregate;
import io.longhouse.function.aggregate.state.Values;
import io.longhouse.registry.Register;
import java.util.List;

/** {@code groupBitAnd}, {@code groupBitOr}, {@code groupBitXor}: state = the value. */
@Register(
    kind = AggregateFactory.class,
    name = "groupBitAnd",
    aliases = {"BIT_AND"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The bits that are set in all numbers.")
@Register(
    kind = AggregateFactory.class,
    name = "groupBitOr",
    aliases = {"BIT_OR"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The bits that are set in any number.")
@Register(
    kind = AggregateFactory.class,
    name = "groupBitXor",
    aliases = {"BIT_XOR"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The bits that are set in an odd number of numbers.")
final class GroupBits implements AggregateFactory {
  private final String name;

  GroupBits(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 1);
    DataType type = arguments.get(0);
    if (!(type instanceof IntegerType t)) {
      throw Arguments.illegal(name, type);
    }
    return new Bits(t, name);
  }

  /** Words hold the value; that of "and" inverted, so that zero is the empty state. */
  private static final class Bits extends FixedAggregate {
    private final int n;
    private final int bytes;
    private final boolean and;
    private final boolean xor;

    Bits(IntegerType type, String name) {
      super(type, Math.max(1, type.bytes() / 8));
      this.n = Math.max(1, type.bytes() / 8);
      this.bytes = type.bytes();
      this.and = name.equals("groupBitAnd");
      this.xor = name.equals("groupBitXor");
    }

    @Override
    public void add(
        GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
      long[] words = states.words();
      int stride = states.stride();
      if (n > 1) {
        long[] v = ((WideColumn) arguments[0].full()).words();
        for (int r = 0; r < rows; r++) {
          combine(words, groups[r] * stride + word, v, r * n, and ? -1 : 0);
        }
        return;
      }
      long[] v = Values.bits(arguments[0], rows);
      if (xor) {
        for (int r = 0; r < rows; r++) {
          words[groups[r] * stride + word] ^= v[r];
        }
      } else {
        long flip = and ? -1 : 0;
        for (int r = 0; r < rows; r++) {
          words[groups[r] * stride + word] |= v[r] ^ flip;
        }
      }
    }

    private void combine(long[] words, int at, long[] v, int from, long flip) {
      for (int k = 0; k < n; k++) {
        if (xor) {
          words[at + k] ^= v[from + k];
        } else {
          words[at + k] |= v[from + k] ^ flip;
        }
      }
    }

    @Override
    protected void merge(long[] words, int at, long[] from, int fromAt) {
      combine(words, at, from, fromAt, 0);
    }

    @Override
    protected void write(long[] words, int at, ByteWriter out) {
      for (int k = 0; k < n; k++) {
        Values.write(and ? ~words[at + k] : words[at + k], Math.min(8, bytes), out);
      }
    }

    @Override
    protected void read(long[] words, int at, ByteReader in) {
      for (int k = 0; k < n; k++) {
        long v = Values.read(Math.min(8, bytes), in);
        words[at + k] = and ? ~v : v;
      }
    }

    @Override
    protected void result(long[] words, int at, ColumnBuilder out) {
      if (n == 1) {
        Values.append(and ? ~words[at] : words[at], out);
        return;
      }
      long[] v = new long[n];
      for (int k = 0; k < n; k++) {
        v[k] = and ? ~words[at + k] : words[at + k];
      }
      ((WideColumn.Builder) out).add(v, 0);
    }
  }
}
