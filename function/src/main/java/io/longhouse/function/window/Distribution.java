package io.longhouse.function.window;

import io.longhouse.column.Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.function.Argument;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The share of the partition that comes before a row. */
@Register(
    kind = WindowFunctionFactory.class,
    name = "percentRank",
    aliases = {"percent_rank"},
    caseInsensitive = true,
    category = "Window",
    doc = "The share of the partition's other rows that come before the row, from 0 to 1.")
@Register(
    kind = WindowFunctionFactory.class,
    name = "cume_dist",
    category = "Window",
    doc = "The share of the partition's rows that are not behind the row.")
final class Distribution implements WindowFunctionFactory {
  private final String name;

  Distribution(String name) {
    this.name = name;
  }

  @Override
  public WindowFunction resolve(
      List<Argument> parameters,
      List<Argument> arguments,
      boolean ordered,
      @Nullable WindowFrame frame) {
    checkWholeFrame(name, frame);
    return new Share(name.equals("cume_dist"));
  }

  /** Functions that look at the whole partition refuse any other frame. */
  static void checkWholeFrame(String name, @Nullable WindowFrame frame) {
    if (frame != null && !frame.isWhole() && !frame.equals(WindowFrame.UP_TO_CURRENT)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Unsupported window frame type for function '" + name + "'");
    }
  }

  private record Share(boolean cumulative) implements WindowFunction {
    @Override
    public DataType resultType() {
      return FloatType.FLOAT64;
    }

    @Override
    public List<DataType> argumentTypes() {
      return List.of();
    }

    @Override
    public Column evaluate(WindowRows rows, Column[] arguments) {
      double[] out = new double[rows.rows()];
      int[] partitions = rows.partitions();
      int[] peers = rows.peers();
      int p = 0;
      for (int g = 0; g + 1 < peers.length; g++) {
        if (peers[g] == partitions[p + 1]) {
          p++;
        }
        double size = partitions[p + 1] - partitions[p];
        double share =
            cumulative
                ? (peers[g + 1] - partitions[p]) / size
                : size == 1 ? 0 : (peers[g] - partitions[p]) / (size - 1);
        Arrays.fill(out, peers[g], peers[g + 1], share);
      }
      return new Float64Column(out, out.length);
    }
  }
}
