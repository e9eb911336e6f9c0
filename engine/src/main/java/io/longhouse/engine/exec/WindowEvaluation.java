package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.function.window.WindowFrame;
import io.longhouse.function.window.WindowRows;
import java.util.ArrayList;
import java.util.List;

/** Window functions over all rows at once: sort, find partitions and frames, evaluate each call. */
final class WindowEvaluation {
  private WindowEvaluation() {}

  /** The input's columns, sorted by partition and order, then one column for each call. */
  static Block evaluate(Plan.Window window, Block input, QueryContext context) {
    Header header = window.input().header();
    Block sorted = sorted(window, input, header);
    int n = sorted.rows();
    context.memory().charge(sorted == input ? 0 : sorted.retainedBytes());
    boolean[] changes = new boolean[n];
    for (int c : window.partitionBy()) {
      RowChanges.mark(sorted.column(c), n, changes);
    }
    int[] partitions = RowChanges.bounds(changes, n);
    for (Plan.SortKey k : window.orderBy()) {
      RowChanges.mark(sorted.column(k.column()), n, changes);
    }
    int[] peers = RowChanges.bounds(changes, n);
    var rows =
        new WindowRows(n, partitions, peers, () -> frames(window, sorted, partitions, peers));
    List<Column> out = new ArrayList<>(List.of(sorted.columns()));
    List<Expr> arguments = new ArrayList<>();
    window.calls().forEach(c -> arguments.addAll(c.arguments()));
    Column[] evaluated = new Program(arguments).evaluate(sorted);
    int at = 0;
    for (Plan.WindowCall call : window.calls()) {
      Column[] own = new Column[call.arguments().size()];
      for (int i = 0; i < own.length; i++) {
        own[i] = evaluated[at++];
      }
      Column result = call(call, own, rows, context);
      context.memory().charge(result.retainedBytes());
      out.add(result);
      context.checkStopped();
    }
    return new Block(out, n);
  }

  private static Block sorted(Plan.Window window, Block input, Header header) {
    List<Plan.SortKey> keys = new ArrayList<>();
    for (int c : window.partitionBy()) {
      keys.add(new Plan.SortKey(c, false, false, null));
    }
    keys.addAll(window.orderBy());
    if (keys.isEmpty()) {
      return input;
    }
    int[] order = SortPermutation.of(input, keys, header);
    return Blocks.gather(input, order, order.length);
  }

  private static WindowRows.Frames frames(
      Plan.Window window, Block sorted, int[] partitions, int[] peers) {
    WindowFrame frame = window.frame();
    boolean oneKey = window.orderBy().size() == 1;
    Plan.SortKey key = oneKey ? window.orderBy().getFirst() : null;
    return WindowFrames.of(
        frame,
        sorted.rows(),
        partitions,
        peers,
        key == null ? null : sorted.column(key.column()),
        key,
        key == null ? null : window.input().header().type(key.column()));
  }

  private static Column call(
      Plan.WindowCall call, Column[] arguments, WindowRows rows, QueryContext context) {
    return switch (call) {
      case Plan.WindowAggregateCall a -> {
        Column[] columns = arguments.clone();
        if (!a.function().takesDictionaries()) {
          for (int i = 0; i < columns.length; i++) {
            columns[i] = plain(columns[i]);
          }
        }
        yield WindowAggregate.evaluate(a.function(), columns, rows, context::checkStopped);
      }
      case Plan.WindowFunctionCall f -> {
        Column[] columns = new Column[arguments.length];
        for (int i = 0; i < columns.length; i++) {
          columns[i] = plain(arguments[i]);
        }
        yield f.function().evaluate(rows, columns);
      }
    };
  }

  private static Column plain(Column c) {
    return c instanceof ConstColumn k ? new ConstColumn(k.value().plain(), k.size()) : c.plain();
  }
}
