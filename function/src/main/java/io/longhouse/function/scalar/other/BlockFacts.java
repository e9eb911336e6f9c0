package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Where a row stands among the blocks that a query works on. */
@Register(
    kind = FunctionFactory.class,
    name = "blockSize",
    category = "Other",
    doc = "How many rows the block has.")
@Register(
    kind = FunctionFactory.class,
    name = "blockNumber",
    category = "Other",
    doc = "How many blocks were seen before.")
@Register(
    kind = FunctionFactory.class,
    name = "rowNumberInBlock",
    category = "Other",
    doc = "The row's number in its block, from 0.")
@Register(
    kind = FunctionFactory.class,
    name = "rowNumberInAllBlocks",
    category = "Other",
    doc = "The row's number among all rows seen, from 0.")
final class BlockFacts implements FunctionFactory {
  private final String name;

  BlockFacts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 0);
    return new Call(name, new AtomicLong());
  }

  /**
   * @param seen blocks or rows that were seen; threads of a query share it
   */
  private record Call(String name, AtomicLong seen) implements ScalarFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public boolean isDeterministic() {
      return false;
    }

    @Override
    public boolean isConstantInQuery() {
      return false;
    }

    @Override
    public Column evaluate(Column[] arguments, int rows) {
      return switch (name) {
        case "blockSize" -> new ConstColumn(Int64Column.of(rows), rows);
        case "blockNumber" -> new ConstColumn(Int64Column.of(seen.getAndIncrement()), rows);
        default -> {
          long first = name.equals("rowNumberInBlock") ? 0 : seen.getAndAdd(rows);
          long[] out = new long[rows];
          for (int r = 0; r < rows; r++) {
            out[r] = first + r;
          }
          yield new Int64Column(out, rows);
        }
      };
    }
  }
}
