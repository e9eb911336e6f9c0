package io.longhouse.sql.format;

import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.ColumnTransformer;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions in {@code EXPLAIN AST}. */
final class ExpressionDump {
  private ExpressionDump() {}

  static DumpNode expression(Expression e) {
    return expression(e, "");
  }

  static DumpNode list(List<? extends Expression> list) {
    return DumpNode.of("ExpressionList", list.stream().map(ExpressionDump::expression).toList());
  }

  private static DumpNode expression(Expression e, String alias) {
    return switch (e) {
      case Aliased a -> expression(a.expression(), " (alias " + a.alias() + ")");
      case Parenthesized p -> expression(p.expression(), alias);
      case Identifier i -> DumpNode.leaf("Identifier " + i.name() + alias);
      case Literal l -> DumpNode.leaf("Literal " + literal(l) + alias);
      case FunctionCall f -> call(f, alias);
      case Lambda l -> lambda(l, alias);
      case Subquery s -> DumpNode.of("Subquery" + alias, List.of(QueryDump.query(s.query())));
      case QueryParameter p -> DumpNode.leaf("QueryParameter " + p.name() + ":" + p.type() + alias);
      case DescendingKey k -> DumpNode.of("StorageOrderByElement", List.of(expression(k.key())));
      case Matcher m -> matcher(m);
    };
  }

  static DumpNode call(FunctionCall f, String alias) {
    var children = new ArrayList<DumpNode>();
    if (f.form() != FunctionCall.Form.BARE) {
      children.add(list(f.arguments()));
    }
    if (f.parameters() != null) {
      children.add(list(f.parameters()));
    }
    if (f.window() instanceof Window.Definition d) {
      children.add(window(d));
    }
    return DumpNode.of("Function " + f.name() + alias, children);
  }

  private static DumpNode lambda(Lambda l, String alias) {
    List<DumpNode> parameters =
        l.parameters().stream().map(p -> DumpNode.leaf("Identifier " + p)).toList();
    DumpNode tuple =
        DumpNode.of("Function tuple", List.of(DumpNode.of("ExpressionList", parameters)));
    return DumpNode.of(
        "Function lambda" + alias,
        List.of(DumpNode.of("ExpressionList", List.of(tuple, expression(l.body())))));
  }

  static DumpNode window(Window.Definition d) {
    var children = new ArrayList<DumpNode>();
    if (!d.partitionBy().isEmpty()) {
      children.add(list(d.partitionBy()));
    }
    if (!d.orderBy().isEmpty()) {
      children.add(orderBy(d.orderBy()));
    }
    return DumpNode.of("WindowDefinition", children);
  }

  static DumpNode orderBy(List<OrderItem> items) {
    return DumpNode.of("ExpressionList", items.stream().map(ExpressionDump::orderItem).toList());
  }

  private static DumpNode orderItem(OrderItem item) {
    var children = new ArrayList<DumpNode>();
    children.add(expression(item.expression()));
    if (item.collation() != null) {
      children.add(expression(item.collation()));
    }
    if (item.fill() != null) {
      add(children, item.fill().from());
      add(children, item.fill().to());
      add(children, item.fill().step());
      add(children, item.fill().staleness());
    }
    return DumpNode.of("OrderByElement", children);
  }

  static void add(List<DumpNode> children, @Nullable Expression e) {
    if (e != null) {
      children.add(expression(e));
    }
  }

  private static DumpNode matcher(Matcher m) {
    var children = new ArrayList<DumpNode>();
    String label =
        switch (m) {
          case Matcher.Asterisk _ -> "Asterisk";
          case Matcher.QualifiedAsterisk q -> {
            children.add(expression(q.qualifier()));
            yield "QualifiedAsterisk";
          }
          case Matcher.ColumnsRegexp _ -> "ColumnsRegexpMatcher";
          case Matcher.ColumnsList l -> {
            children.add(list(l.columns()));
            yield "ColumnsListMatcher";
          }
        };
    if (!m.transformers().isEmpty()) {
      children.add(
          DumpNode.of(
              "ColumnsTransformerList",
              m.transformers().stream().map(ExpressionDump::transformer).toList()));
    }
    return DumpNode.of(label, children);
  }

  private static DumpNode transformer(ColumnTransformer t) {
    return switch (t) {
      case ColumnTransformer.Except e ->
          DumpNode.of(
              "ColumnsExceptTransformer",
              e.columns().stream().map(ExpressionDump::expression).toList());
      case ColumnTransformer.ExceptRegexp _ -> DumpNode.leaf("ColumnsExceptTransformer");
      case ColumnTransformer.Replace r ->
          DumpNode.of(
              "ColumnsReplaceTransformer",
              r.replacements().stream()
                  .map(one ->
                      DumpNode.of(
                          "ColumnsReplaceTransformer::Replacement",
                          List.of(expression(one.expression()))))
                  .toList());
      case ColumnTransformer.Apply _, ColumnTransformer.ApplyLambda _ ->
          DumpNode.leaf("ColumnsApplyTransformer");
    };
  }

  /** With the kind of its field in front. */
  private static String literal(Literal l) {
    return switch (l) {
      case Literal.NullLiteral _ -> "NULL";
      case Literal.BoolLiteral b -> b.value() ? "Bool_1" : "Bool_0";
      case Literal.StringLiteral s -> Quoting.string(s.value());
      case NumberLiteral n ->
          switch (n.kind()) {
            case UINT64 -> "UInt64_" + Literals.number(n);
            case INT64 -> "Int64_" + Literals.number(n);
            case FLOAT64 -> "Float64_" + Literals.number(n);
          };
      case Literal.ArrayLiteral a -> "Array_[" + literals(a.elements()) + "]";
      case Literal.TupleLiteral t -> "Tuple_(" + literals(t.elements()) + ")";
      case Literal.MapLiteral m -> Formatter.formatOneLine(m);
    };
  }

  private static String literals(List<Literal> list) {
    return list.stream().map(ExpressionDump::literal).collect(Collectors.joining(", "));
  }
}
