package io.longhouse.function.aggregate.sequence;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DecimalType;
import io.longhouse.column.type.IntegerType;
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

/**
 * {@code maxIntersections} and {@code maxIntersectionsPosition}: state = VarUInt n, n * (point in 8
 * bytes, Int64 +1 for a beginning or -1 for an end).
 */
@Register(
    kind = AggregateFactory.class,
    name = "maxIntersections",
    category = "Aggregate",
    doc = "How many intervals overlap at most.")
@Register(
    kind = AggregateFactory.class,
    name = "maxIntersectionsPosition",
    category = "Aggregate",
    doc = "Where the most intervals overlap first.")
final class MaxIntersections implements AggregateFactory {
  private final String name;

  MaxIntersections(String name) {
    this.name = name;
  }

  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.noParameters(name, parameters);
    Arguments.count(name, arguments, 2);
    NumberLayout[] layouts = new NumberLayout[2];
    for (int i = 0; i < 2; i++) {
      layouts[i] = Arguments.number(name, arguments.get(i));
      if (!layouts[i].fitsWord() || arguments.get(i) instanceof DecimalType) {
        throw Arguments.illegal(name, arguments.get(i));
      }
    }
    if (!arguments.get(0).equals(arguments.get(1))) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_ARGUMENT, name + ": arguments must have the same type.");
    }
    boolean position = name.endsWith("Position");
    return new Points(position ? arguments.get(0) : IntegerType.UINT64, layouts, position);
  }

  private record Input(long[] begins, long[] ends) {}

  /** Points as order longs beside their weights. */
  private static final class Points extends ObjectAggregate<EventPoints, Input> {
    private final NumberLayout[] layouts;
    private final NumberLayout point;
    private final boolean position;

    Points(DataType result, NumberLayout[] layouts, boolean position) {
      super(result);
      this.layouts = layouts;
      this.point = new NumberLayout(8, layouts[0].signed(), layouts[0].floating());
      this.position = position;
    }

    @Override
    protected EventPoints newState() {
      return new EventPoints();
    }

    @Override
    protected Input input(Column[] arguments, int rows) {
      return new Input(
          points(arguments[0], layouts[0], rows), points(arguments[1], layouts[1], rows));
    }

    private long[] points(Column c, NumberLayout layout, int rows) {
      if (!point.floating()) {
        return Values.longs(c, layout.signed(), rows);
      }
      double[] v = Values.doubles(c, layout, rows);
      long[] out = new long[rows];
      for (int r = 0; r < rows; r++) {
        out[r] = Double.doubleToRawLongBits(v[r]);
      }
      return out;
    }

    @Override
    protected void addRun(EventPoints state, Input in, int from, int to) {
      for (int r = from; r < to; r++) {
        if (!point.floating() || !Double.isNaN(Double.longBitsToDouble(in.begins[r]))) {
          state.add(in.begins[r], 1);
        }
        if (!point.floating() || !Double.isNaN(Double.longBitsToDouble(in.ends[r]))) {
          state.add(in.ends[r], -1);
        }
      }
    }

    @Override
    protected void merge(EventPoints into, EventPoints from) {
      for (int i = 0; i < from.points.size(); i++) {
        into.add(from.points.values()[i], from.weights.values()[i]);
      }
    }

    @Override
    protected void write(EventPoints state, ByteWriter out) {
      out.writeVarUInt(state.points.size());
      for (int i = 0; i < state.points.size(); i++) {
        out.writeLong(state.points.values()[i]);
        out.writeLong(state.weights.values()[i]);
      }
    }

    @Override
    protected EventPoints read(ByteReader in) {
      EventPoints state = newState();
      int n = in.readLength(1 << 27, "points");
      for (int i = 0; i < n; i++) {
        state.add(in.readLong(), in.readLong());
      }
      return state;
    }

    @Override
    protected void result(EventPoints state, ColumnBuilder out) {
      int n = state.points.size();
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      long[] keys = new long[n];
      Arrays.setAll(keys, i -> point.order(state.points.values()[i]));
      long[] weights = state.weights.values();
      Arrays.sort(
          order,
          (a, b) -> {
            int c = Long.compare(keys[a], keys[b]);
            return c != 0 ? c : Long.compare(weights[a], weights[b]);
          });
      long now = 0;
      long most = 0;
      long where = 0;
      for (Integer i : order) {
        now += weights[i];
        if (now > most) {
          most = now;
          where = state.points.values()[i];
        }
      }
      if (!position) {
        Values.append(most, out);
      } else if (point.floating()) {
        Values.append(Values.bitsOfFloat(Double.longBitsToDouble(where), layouts[0].bytes()), out);
      } else {
        Values.append(where, out);
      }
    }

    @Override
    protected long bytes(EventPoints state) {
      return state.points.bytes() + state.weights.bytes();
    }
  }

  /** Beginnings and ends in the order of arrival. */
  private record EventPoints(LongList points, LongList weights) {
    EventPoints() {
      this(new LongList(), new LongList());
    }

    void add(long point, long weight) {
      points.add(point);
      weights.add(weight);
    }
  }
}
