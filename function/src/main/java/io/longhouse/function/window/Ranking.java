package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.function.Argument;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of rows and of groups of peers in their partition, from 1 on. */
@Register(
    kind = WindowFunctionFactory.class,
    name = "row_number",
    caseInsensitive = true,
    category = "Window",
    doc = "The number of the row in its partition, from 1 on.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "rank",
    caseInsensitive = true,
    category = "Window",
    doc = "The row's rank in its partition; rows equal in the order share one, and gaps follow.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "denseRank",
    aliases = {"dense_rank"},
    caseInsensitive = true,
    category = "Window",
    doc = "The row's rank in its partition without gaps.")
final class Ranking implements WindowFunctionFactory {
  private final String name;

  Ranking(String name) {
    this.name = name;
  }

  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    if (name.equals("row_number")) {
      return new Rank(Counting.ROWS);
    }
    if (!arguments.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "Number of arguments for window function "
              + name
              + " doesn't match: passed "
              + arguments.size()
              + ", should be 0");
    }
    return new Rank(name.equals("rank") ? Counting.BEFORE : Counting.GROUPS);
  }

  /** What is counted. */
  private enum Counting {
    ROWS,
    /** Rows before the group of peers. */
    BEFORE,
    GROUPS
  }

  private record Rank(Counting counting) implements WindowFunction {
    @Override
    public DataType resultType() {
      return IntegerType.UINT64;
    }

    @Override
    public List<DataType> argumentTypes() {
      return List.of();
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      int n = rows.rows();
      long[] out = new long[n];
      int[] partitions = rows.partitions();
      if (counting == Counting.ROWS) {
        for (int p = 0; p + 1 < partitions.length; p++) {
          int begin = partitions[p];
          for (int i = begin; i < partitions[p + 1]; i++) {
            out[i] = i - begin + 1;
          }
        }
        return new Int64Column(out, n);
      }
      int[] peers = rows.peers();
      int partition = 0;
      long group = 0;
      for (int g = 0; g + 1 < peers.length; g++) {
        if (peers[g] == partitions[partition + 1]) {
          partition++;
          group = 0;
        }
        group++;
        long rank = counting == Counting.GROUPS ? group : peers[g] - partitions[partition] + 1;
        Arrays.fill(out, peers[g], peers[g + 1], rank);
      }
      return new Int64Column(out, n);
    }
  }
}
