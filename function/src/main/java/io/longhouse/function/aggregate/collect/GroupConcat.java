package io.longhouse.function.aggregate.collect;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.function.Argument;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.state.Arguments;
import io.longhouse.function.aggregate.state.LongList;
import io.longhouse.function.aggregate.state.ObjectAggregate;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code groupConcat(delimiter, limit)}: state = VarUInt length, text; with a limit then VarUInt n
 * values, n * (VarUInt begin, VarUInt end).
 */
@Register(
    kind = AggregateFactory.class,
    name = "groupConcat",
    aliases = {"group_concat", "string_agg"},
    caseInsensitive = true,
    category = "Aggregate",
    doc = "The values as text, one after the other.")
final class GroupConcat implements AggregateFactory {
  @Override
  public AggregateFunction resolve(List<Argument> parameters, List<DataType> arguments) {
    Arguments.count("groupConcat", arguments, 1);
    Arguments.parameters("groupConcat", parameters, 0, 2);
    byte[] delimiter =
        parameters.isEmpty() ? new byte[0] : Arguments.bytes("groupConcat", parameters.get(0));
    long limit = parameters.size() < 2 ? 0 : Arguments.positive("groupConcat", parameters.get(1));
    return new Text(arguments.get(0), delimiter, limit);
  }

  /** Text of a group, with the bounds of its values when they are limited. */
  private static final class State {
    private final ByteWriter text = new ByteWriter(32);
    private final LongList bounds = new LongList();
    private long values;
  }

  private static final class Text extends ObjectAggregate<State, Column> {
    private final DataType type;
    private final byte[] delimiter;
    private final long limit;

    Text(DataType type, byte[] delimiter, long limit) {
      super(StringType.TYPE);
      this.type = type;
      this.delimiter = delimiter;
      this.limit = limit;
    }

    @Override
    protected State newState() {
      return new State();
    }

    @Override
    protected Column input(Column[] arguments, int rows) {
      return arguments[0].full();
    }

    private boolean begin(State state) {
      if (limit > 0 && state.values >= limit) {
        return false;
      }
      if (state.text.position() > 0) {
        state.text.writeBytes(delimiter);
      }
      if (limit > 0) {
        state.bounds.add(state.text.position());
      }
      return true;
    }

    private void end(State state) {
      if (limit > 0) {
        state.bounds.add(state.text.position());
        state.values++;
      }
    }

    @Override
    protected void addRun(State state, Column c, int from, int to) {
      for (int r = from; r < to; r++) {
        if (begin(state)) {
          type.writeText(c, r, TextForm.RAW, FormatSettings.DEFAULT, state.text);
          end(state);
        }
      }
    }

    @Override
    protected void merge(State into, State from) {
      if (from.text.position() == 0) {
        return;
      }
      if (limit == 0) {
        begin(into);
        into.text.writeBytes(from.text.buffer(), 0, from.text.position());
        return;
      }
      for (int i = 0; i < from.values && begin(into); i++) {
        int begin = (int) from.bounds.values()[2 * i];
        int end = (int) from.bounds.values()[2 * i + 1];
        into.text.writeBytes(from.text.buffer(), begin, end - begin);
        end(into);
      }
    }

    @Override
    protected void write(State state, ByteWriter out) {
      out.writeVarUInt(state.text.position());
      out.writeBytes(state.text.buffer(), 0, state.text.position());
      if (limit > 0) {
        out.writeVarUInt(state.values);
        for (int i = 0; i < state.bounds.size(); i++) {
          out.writeVarUInt(state.bounds.values()[i]);
        }
      }
    }

    @Override
    protected State read(ByteReader in) {
      State state = new State();
      state.text.writeBytes(in.readString(1 << 30));
      if (limit > 0) {
        state.values = in.readLength(1 << 28, "values");
        for (int i = 0; i < 2 * state.values; i++) {
          state.bounds.add(in.readVarUInt());
        }
      }
      return state;
    }

    @Override
    protected void result(State state, ColumnBuilder out) {
      ((StringColumn.Builder) out).add(state.text.buffer(), 0, state.text.position());
    }

    @Override
    protected long bytes(State state) {
      return state.text.buffer().length + state.bounds.bytes();
    }
  }
}
