package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.OrderItem;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.ast.Window;
import io.longhouse.sql.format.Formatter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names as ClickHouse's analyzer makes them. The query's text is its tree written out: columns
 * carry the table's alias, a constant that is more than a literal stands as {@code _CAST(literal,
 * type)}.
 */
final class AnalyzedNames implements ShardNames {
  private final SelectAnalysis analysis;

  AnalyzedNames(SelectAnalysis analysis) {
    this.analysis = analysis;
  }

  @Override
  public String of(Expression e) {
    return of(e, analysis);
  }

  private String of(Expression e, Frame frame) {
    return switch (e) {
      case Aliased a -> of(a.expression(), frame);
      case Parenthesized p -> of(p.expression(), frame);
      case DescendingKey k -> of(k.key(), frame);
      case Identifier i -> column(i);
      case Literal l -> constant(Literals.constant(l));
      case FunctionCall f -> call(f, frame);
      case Lambda _, Subquery _, Matcher _, QueryParameter _ ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "A shard cannot name a column of its answer after "
                  + Formatter.formatOneLine(e)
                  + " as the initiator does");
    };
  }

  /** The table's alias and the column's whole name, which is quoted where it is no plain word. */
  private static String column(Identifier i) {
    return i.parts().size() == 1
        ? i.name()
        : i.parts().stream().map(Quoting::identifier).collect(Collectors.joining("."));
  }

  private static String constant(Expr.Constant c) {
    return FieldText.of(c.value(), c.type()) + "_" + c.type().name();
  }

  private String call(FunctionCall f, Frame frame) {
    if (f.name().equals("_CAST") && typed(f, frame) instanceof Expr.Constant c) {
      return "_CAST(" + constant(c) + ", '" + c.type().name() + "'_String)";
    }
    var name = new StringBuilder(f.name());
    List<Expression> parameters = f.parameters();
    if (parameters != null && !parameters.isEmpty()) {
      name.append('(').append(list(parameters, frame)).append(')');
    }
    name.append('(');
    for (int i = 0; i < f.arguments().size(); i++) {
      Expression a = f.arguments().get(i).bare();
      name.append(i == 0 ? "" : ", ");
      if (a instanceof Lambda l) {
        name.append(lambda(l, f, frame));
      } else if (i == 1 && InSets.isIn(f.name())) {
        name.append(set(f, frame));
      } else {
        name.append(of(a, frame));
      }
    }
    name.append(')');
    if (f.window() instanceof Window w) {
      name.append(" OVER (").append(window(w, frame)).append(')');
    }
    return name.toString();
  }

  private String list(List<Expression> expressions, Frame frame) {
    return String.join(", ", expressions.stream().map(e -> of(e, frame)).toList());
  }

  private Expr typed(Expression e, Frame frame) {
    return analysis.expressions.resolve(e, frame);
  }

  /** Parameters carry their types, which the function's other arguments tell. */
  private String lambda(Lambda l, FunctionCall f, Frame frame) {
    if (!(typed(f, frame) instanceof Expr.HigherOrder h)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "A shard cannot name a column of its answer after the constant "
              + Formatter.formatOneLine(f)
              + " as the initiator does");
    }
    List<DataType> types = h.lambda().parameters();
    var inside = new LambdaFrame(frame, l.parameters(), types);
    var name = new StringBuilder();
    for (int i = 0; i < types.size(); i++) {
      name.append(i == 0 ? "" : ", ");
      name.append(l.parameters().get(i)).append(' ').append(types.get(i).name());
    }
    return name.append(" -> ").append(of(l.body(), inside)).toString();
  }

  /** A set is called by the hash of its elements and what is looked up in it. */
  private String set(FunctionCall f, Frame frame) {
    Expression right = f.arguments().get(1);
    boolean isTable =
        right.bare() instanceof Subquery
            || right.bare() instanceof Identifier i && frame.find(i) == null;
    if (isTable || !(typed(right, frame) instanceof Expr.Constant elements)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "A shard cannot name the set of "
              + Formatter.formatOneLine(f)
              + " as the initiator does");
    }
    Expr left = typed(f.arguments().getFirst(), frame);
    return "__set_" + left.type().name() + "_" + TreeHash.of(elements);
  }

  private String window(Window window, Frame frame) {
    Window.Definition d = analysis.definition(window);
    var name = new StringBuilder();
    if (!d.partitionBy().isEmpty()) {
      name.append("PARTITION BY ").append(list(d.partitionBy(), frame));
    }
    for (OrderItem i : d.orderBy()) {
      name.append(i == d.orderBy().getFirst() ? name.isEmpty() ? "ORDER BY " : " ORDER BY " : ", ");
      name.append(of(i.expression(), frame));
      boolean descending = i.direction() == OrderItem.Direction.DESC;
      name.append(descending ? " DESC" : " ASC");
      switch (i.nulls()) {
        case DEFAULT -> {}
        case FIRST -> name.append(" NULLS FIRST");
        case LAST -> name.append(" NULLS LAST");
      }
    }
    Window.Frame rows = d.frame();
    if (rows != null) {
      name.append(name.isEmpty() ? "" : " ").append(rows.unit()).append(" BETWEEN ");
      name.append(bound(rows.begin(), frame)).append(" AND ").append(bound(rows.end(), frame));
    }
    return name.toString();
  }

  private String bound(Window.Bound b, Frame frame) {
    Expression offset = b.offset();
    String text = b.kind().name().replace('_', ' ');
    return offset == null ? text : of(offset, frame) + " " + text;
  }
}
