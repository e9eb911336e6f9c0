package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.BinaryValues;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code groupArraySorted(n)}: the n least values in a heap whose root is the largest of them.
 *
 * <pre>
 * state = VarUInt n, n values in the heap's order; those that are no numbers after UInt8 1
 * </pre>
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupArraySorted",
    category = "Aggregate",
    doc = "The least values in ascending order, at most as many as the parameter says.")
final class SortedArray implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    String name = "groupArraySorted";
    Arguments.parameters(name, parameters, 1, 1);
    Arguments.count(name, arguments, 1);
    long max = Arguments.positive(name, parameters.get(0));
    return new Least(arguments.get(0), (int) Math.min(1 << 24, max));
  }

  private static final class Least extends ObjectAggregate<ArrayList<Column>, Column> {
    private final DataType type;
    private final boolean number;
    private final int max;

    Least(DataType type, int max) {
      super(new ArrayType(type));
      this.type = type;
      this.number = ArrayValues.isNumber(type);
      this.max = max;
    }

    @Override
    protected ArrayList<Column> newState() {
      return new ArrayList<>();
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0].full();
    }

    @Override
    protected void addRun(ArrayList<Column> heap, Column in, int from, int to) {
      for (int r = from; r < to; r++) {
        if (heap.size() < max) {
          heap.add(in.slice(r, 1).full());
          up(heap, heap.size() - 1);
        } else if (type.compare(in, r, heap.get(0), 0, 1) < 0) {
          heap.set(0, in.slice(r, 1).full());
          down(heap, 0, heap.size());
        }
      }
    }

    private boolean less(Column a, Column b) {
      return type.compare(a, 0, b, 0, 1) < 0;
    }

    private void up(ArrayList<Column> heap, int last) {
      Column value = heap.get(last);
      int at = last;
      while (at > 0 && less(heap.get((at - 1) / 2), value)) {
        heap.set(at, heap.get((at - 1) / 2));
        at = (at - 1) / 2;
      }
      heap.set(at, value);
    }

    private void down(ArrayList<Column> heap, int first, int size) {
      Column value = heap.get(first);
      int at = first;
      while (2 * at + 1 < size) {
        int child = 2 * at + 1;
        if (child + 1 < size && less(heap.get(child), heap.get(child + 1))) {
          child++;
        }
        if (less(heap.get(child), value)) {
          break;
        }
        heap.set(at, heap.get(child));
        at = child;
      }
      heap.set(at, value);
    }

    @Override
    protected void merge(ArrayList<Column> into, ArrayList<Column> from) {
      for (Column c : from) {
        addRun(into, c, 0, 1);
      }
    }

    @Override
    protected void write(ArrayList<Column> heap, ByteWriter out) {
      out.writeVarUInt(heap.size());
      for (Column c : heap) {
        if (!number) {
          out.writeByte(1);
        }
        BinaryValues.write(c, 0, false, out);
      }
    }

    @Override
    protected ArrayList<Column> read(ByteReader in) {
      ArrayList<Column> heap = newState();
      int n = in.readLength(1 << 24, "array");
      ColumnBuilder one = type.newBuilder(1);
      for (int i = 0; i < n; i++) {
        if (!number) {
          in.readByte();
        }
        BinaryValues.read(in, false, one);
        heap.add(one.build());
      }
      return heap;
    }

    @Override
    protected void result(ArrayList<Column> heap, ColumnBuilder out) {
      var sorted = new ArrayList<>(heap);
      sorted.sort((a, b) -> type.compare(a, 0, b, 0, 1));
      var array = (ArrayColumn.Builder) out;
      for (Column c : sorted) {
        array.elements().append(c, 0);
      }
      array.endRow();
    }

    @Override
    protected long bytes(ArrayList<Column> heap) {
      return 80L * heap.size() + 40;
    }
  }
}
