package io.longhouse.sql.format;

import io.longhouse.sql.ast.ArrayJoin;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.GroupBy;
import io.longhouse.sql.ast.Interpolate;
import io.longhouse.sql.ast.Join;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.SetOperation;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.ast.Window;
import io.longhouse.sql.ast.With;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries in {@code EXPLAIN AST}. */
final class QueryDump {
  private QueryDump() {}

  static DumpNode query(Query query) {
    List<Query> queries = query instanceof SetOperation o ? o.queries() : List.of(query);
    List<DumpNode> children =
        queries.stream().map(q -> q instanceof Select s ? select(s) : query(q)).toList();
    return DumpNode.of("SelectWithUnionQuery", List.of(DumpNode.of("ExpressionList", children)));
  }

  private static DumpNode select(Select s) {
    var children = new ArrayList<DumpNode>();
    if (s.with() != null) {
      children.add(with(s.with()));
    }
    children.add(ExpressionDump.list(s.projection()));
    if (s.from() != null) {
      children.add(from(s.from()));
    }
    ExpressionDump.add(children, s.prewhere());
    ExpressionDump.add(children, s.where());
    groupBy(children, s.groupBy());
    ExpressionDump.add(children, s.having());
    if (!s.windows().isEmpty()) {
      children.add(
          DumpNode.of("ExpressionList", s.windows().stream().map(QueryDump::window).toList()));
    }
    ExpressionDump.add(children, s.qualify());
    if (!s.orderBy().isEmpty()) {
      children.add(ExpressionDump.orderBy(s.orderBy()));
    }
    limits(children, s);
    if (!s.settings().isEmpty()) {
      children.add(DumpNode.leaf("Set"));
    }
    if (s.interpolate() != null) {
      children.add(interpolate(s.interpolate()));
    }
    return DumpNode.of("SelectQuery", children);
  }

  private static void limits(List<DumpNode> children, Select s) {
    if (s.limitBy() != null) {
      ExpressionDump.add(children, s.limitBy().offset());
      ExpressionDump.add(children, s.limitBy().limit());
      children.add(ExpressionDump.list(s.limitBy().keys()));
    }
    if (s.limit() != null) {
      ExpressionDump.add(children, s.limit().offset());
      ExpressionDump.add(children, s.limit().limit());
    }
  }

  private static DumpNode with(With with) {
    var items = new ArrayList<DumpNode>();
    for (With.Item item : with.items()) {
      items.add(
          switch (item) {
            case With.Scalar s -> ExpressionDump.expression(s.expression());
            case With.Table t ->
                DumpNode.of(
                    "WithElement", List.of(DumpNode.of("Subquery", List.of(query(t.query())))));
          });
    }
    return DumpNode.of("ExpressionList", items);
  }

  private static void groupBy(List<DumpNode> children, @Nullable GroupBy g) {
    if (g == null) {
      return;
    }
    switch (g.kind()) {
      case NONE, ALL -> {}
      case PLAIN, ROLLUP, CUBE -> children.add(ExpressionDump.list(g.keys()));
      case GROUPING_SETS ->
          children.add(
              DumpNode.of("ExpressionList", g.sets().stream().map(ExpressionDump::list).toList()));
    }
  }

  private static DumpNode window(Window.Named named) {
    return DumpNode.of("WindowListElement", List.of(ExpressionDump.window(named.definition())));
  }

  private static DumpNode interpolate(Interpolate interpolate) {
    return DumpNode.of(
        "ExpressionList",
        interpolate.items().stream()
            .map(item ->
                DumpNode.of(
                    "InterpolateElement (column " + item.column() + ")",
                    List.of(ExpressionDump.expression(item.expression()))))
            .toList());
  }

  private static DumpNode from(From from) {
    var elements = new ArrayList<DumpNode>();
    if (from.first() != null) {
      elements.add(element(List.of(table(from.first()))));
    }
    for (From.Step step : from.steps()) {
      elements.add(
          switch (step) {
            case ArrayJoin a ->
                element(
                    List.of(
                        DumpNode.of("ArrayJoin", List.of(ExpressionDump.list(a.expressions())))));
            case Join j -> element(List.of(table(j.right()), join(j)));
          });
    }
    return DumpNode.of("TablesInSelectQuery", elements);
  }

  private static DumpNode element(List<DumpNode> children) {
    return DumpNode.of("TablesInSelectQueryElement", children);
  }

  private static DumpNode join(Join j) {
    var children = new ArrayList<DumpNode>();
    if (j.using() != null) {
      children.add(ExpressionDump.list(j.using()));
    }
    ExpressionDump.add(children, j.on());
    return DumpNode.of("TableJoin", children);
  }

  static DumpNode table(TableExpression t) {
    var children = new ArrayList<DumpNode>();
    children.add(AstDump.source(t.source(), t.alias() == null ? "" : " (alias " + t.alias() + ")"));
    ratio(children, t.sample());
    ratio(children, t.sampleOffset());
    return DumpNode.of("TableExpression", children);
  }

  private static void ratio(List<DumpNode> children, TableExpression.@Nullable Ratio r) {
    if (r != null) {
      String by = r.denominator().equals(BigInteger.ONE) ? "" : " / " + r.denominator();
      children.add(DumpNode.leaf("SampleRatio " + r.numerator() + by));
    }
  }
}
