package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Children;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a shard's answer, each once under every name that the query has for it. The server
 * that asked takes those that it needs and leaves the others.
 */
final class ShardColumns {
  private final SelectAnalysis analysis;
  private final ShardQuery shard;
  private final ShardNames names;
  private final Map<String, Expr> columns = new LinkedHashMap<>();

  ShardColumns(SelectAnalysis analysis, ShardQuery shard) {
    this.analysis = analysis;
    this.shard = shard;
    this.names = ShardNames.of(analysis, shard);
  }

  String name(Expression written) {
    return names.of(written);
  }

  void add(String name, Expr e) {
    columns.putIfAbsent(name, e);
  }

  void add(Expression written, Expr e) {
    add(names.of(written), e);
  }

  /** What SELECT shows. */
  void addOutputs(List<SelectAnalysis.Output> outputs) {
    for (SelectAnalysis.Output o : outputs) {
      if (o.written() instanceof Expression e) {
        add(e, o.expr());
      } else {
        add(o.name(), o.expr());
      }
    }
  }

  /**
   * What somebody else needs to compute an expression with window functions: what these take, and
   * the columns that the rest of it reads.
   */
  void addInputs(Expression e) {
    addInputs(e, Set.of());
  }

  private void addInputs(Expression written, Set<String> parameters) {
    Expression e = written.bare();
    switch (e) {
      case FunctionCall f when f.window() instanceof Window w -> {
        f.arguments().forEach(this::addWhole);
        Window.Definition d = analysis.definition(w);
        d.partitionBy().forEach(this::addWhole);
        d.orderBy().forEach(i -> addWhole(i.expression()));
      }
      case Lambda l -> {
        Set<String> inside = new HashSet<>(parameters);
        inside.addAll(l.parameters());
        addInputs(l.body(), inside);
      }
      case Identifier i -> {
        if (!parameters.contains(i.parts().getFirst())) {
          addWhole(i);
        }
      }
      default -> {
        if (parameters.isEmpty() && !hasWindow(e)) {
          addWhole(e);
        }
        Children.forEachChild(e, c -> addInputs(c, parameters));
      }
    }
  }

  private void addWhole(Expression e) {
    add(e, analysis.resolve(e, true));
  }

  private static boolean hasWindow(Expression e) {
    if (e instanceof FunctionCall f && f.window() != null) {
      return true;
    }
    boolean[] found = {false};
    Children.forEachChild(e, c -> found[0] |= hasWindow(c));
    return found[0];
  }

  /**
   * Where SELECT shows constants alone, servers before the analyzer keep something to count rows
   * by: the smallest column, or what is constant in the conditions.
   */
  void addRowCounters() {
    if (shard.analyzed() || !columns.values().stream().allMatch(ShardColumns::readsNothing)) {
      return;
    }
    VisibleColumn smallest = null;
    for (VisibleColumn c : analysis.relation().columns()) {
      if (c.inAsterisk()
          && c.index() >= 0
          && (smallest == null || size(c.type()) < size(smallest.type()))) {
        smallest = c;
      }
    }
    if (smallest != null) {
      add(smallest.name(), new Expr.Input(smallest.index(), smallest.type()));
    }
    addLiterals(analysis.select.prewhere());
    addLiterals(analysis.select.where());
  }

  private void addLiterals(@Nullable Expression e) {
    if (e instanceof Literal l) {
      add(l, Literals.constant(l));
    } else if (e != null) {
      Children.forEachChild(e, this::addLiterals);
    }
  }

  private static boolean readsNothing(Expr e) {
    return !(e instanceof Expr.Input) && e.children().stream().allMatch(ShardColumns::readsNothing);
  }

  /** Bytes of a value, as those servers count them. */
  private static int size(DataType type) {
    return size(type.defaultValue().plain());
  }

  private static int size(Column value) {
    return switch (value) {
      case Int8Column _ -> 1;
      case Int16Column _ -> 2;
      case Int32Column _, Float32Column _ -> 4;
      case Int64Column _, Float64Column _ -> 8;
      case WideColumn w -> 8 * w.wordsPerValue();
      case FixedBytesColumn f -> f.width();
      case NullableColumn n -> 1 + size(n.values());
      default -> 100;
    };
  }

  List<SelectAnalysis.Output> outputs() {
    List<SelectAnalysis.Output> all = new ArrayList<>();
    columns.forEach((name, e) -> all.add(new SelectAnalysis.Output(e, name, null)));
    return all;
  }
}
