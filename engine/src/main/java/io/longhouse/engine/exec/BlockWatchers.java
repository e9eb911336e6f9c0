package io.longhouse.engine.exec;

import io.longhouse.function.expr.Expr;
import java.util.List;
import java.util.Set;

/** Functions whose results tell where a block begins, or what stands in its dictionaries. */
final class BlockWatchers {
  private static final Set<String> NAMES =
      Set.of(
          "blockNumber",
          "blockSize",
          "blockSerializedSize",
          "rowNumberInBlock",
          "rowNumberInAllBlocks",
          "neighbor",
          "runningDifference",
          "runningDifferenceStartingWithFirstValue",
          "runningAccumulate",
          "runningConcurrency",
          "lowCardinalityIndices",
          "lowCardinalityKeys",
          "dumpColumnStructure");

  private BlockWatchers() {}

  static boolean areAmong(List<Expr> expressions) {
    return expressions.stream().anyMatch(BlockWatchers::isIn);
  }

  private static boolean isIn(Expr e) {
    return switch (e) {
      case Expr.Input _, Expr.Constant _ -> false;
      case Expr.Call c -> NAMES.contains(c.name()) || areAmong(c.arguments());
      case Expr.HigherOrder h -> isIn(h.lambda().body()) || areAmong(h.children());
    };
  }
}
