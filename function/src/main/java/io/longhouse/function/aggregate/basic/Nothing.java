package io.longhouse.function.aggregate.basic;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.registry.Register;
import java.util.List;

/** What a function of the literal NULL becomes: one zero byte of state and a constant result. */
public record Nothing(DataType resultType) implements AggregateFunction {
  /** The type of functions that give 0 over NULLs only. */
  public static final DataType ZERO = IntegerType.UINT64;

  /** The type of all others. */
  public static final DataType NULL = NullableType.orSame(NothingType.TYPE);

  @Override
  public int stateWords() {
    return 0;
  }

  @Override
  public int stateObjects() {
    return 0;
  }

  @Override
  public void add(
      GroupStates states, int word, int slot, int[] groups, Column[] arguments, int rows) {
    // nothing is kept
  }

  @Override
  public void addToOne(
      GroupStates states, int word, int slot, int group, Column[] arguments, int rows) {
    // nothing is kept
  }

  @Override
  public void merge(
      GroupStates states,
      int word,
      int slot,
      int[] groups,
      GroupStates from,
      int fromWord,
      int fromSlot,
      int[] fromGroups,
      int count) {
    // nothing is kept
  }

  @Override
  public void serialize(GroupStates states, int word, int slot, int group, ByteWriter out) {
    out.writeByte(0);
  }

  @Override
  public void deserialize(GroupStates states, int word, int slot, int group, ByteReader in) {
    in.readByte();
  }

  @Override
  public void result(
      GroupStates states, int word, int slot, int first, int count, ColumnBuilder out) {
    out.appendDefault(count);
  }

  /** Makes nothing(...). */
  @Register(
      kind = AggregateFactory.class,
      name = "nothing",
      category = "Aggregate",
      doc = "Ignores its arguments; has its first argument's type.")
  @Register(
      kind = AggregateFactory.class,
      name = "nothingNull",
      category = "Aggregate",
      doc = "Ignores its arguments; always NULL.")
  @Register(
      kind = AggregateFactory.class,
      name = "nothingUInt64",
      category = "Aggregate",
      doc = "Ignores its arguments; always 0.")
  static final class Factory implements AggregateFactory {
    private final String name;

    Factory(String name) {
      this.name = name;
    }

    @Override
    public boolean handlesNulls() {
      return true;
    }

    @Override
    public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
      return new Nothing(
          name.equals("nothingUInt64")
              ? ZERO
              : name.equals("nothingNull") || arguments.isEmpty() ? NULL : arguments.get(0));
    }
  }
}
