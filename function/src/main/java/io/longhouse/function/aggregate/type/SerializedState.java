package io.longhouse.function.aggregate.type;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.ForwardingAggregate;
import io.longhouse.function.aggregate.GroupStates;

/** A function whose result is its state. */
public final class SerializedState extends ForwardingAggregate {
  private final AggregateFunctionType type;

  /**
   * @param type what the states are called
   */
  public SerializedState(AggregateFunction nested, AggregateFunctionType type) {
    super(nested);
    this.type = type;
  }

  @Override
  public DataType resultType() {
    return type;
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    var b = (StringColumn.Builder) out;
    var bytes = new ByteWriter(64);
    for (int g = first; g < first + count; g++) {
      bytes.reset();
      nested.serialize(states, word, slot, g, bytes);
      b.add(bytes.buffer(), 0, bytes.position());
    }
  }
}
