package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Aliased;
import io.longhouse.sql.ast.DescendingKey;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Parenthesized;
import io.longhouse.sql.ast.QueryParameter;
import io.longhouse.sql.ast.Subquery;
import io.longhouse.sql.format.ColumnNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names as servers before the analyzer make them of the query's text: aliases give way to what they
 * stand for, every operator is the call of its function, columns go without their table.
 */
final class NormalizedNames implements ShardNames {
  /** Begins the alias that the server which asks gives a sub-query or the value of one. */
  private static final String SUBQUERY = "_subquery";

  private static final Set<String> KEEPING_DICTIONARIES =
      Set.of(
          "equals",
          "notEquals",
          "less",
          "lessOrEquals",
          "greater",
          "greaterOrEquals",
          "not",
          "like",
          "notLike",
          "match");

  private final SelectAnalysis analysis;
  private final Set<String> resolving = new HashSet<>();
  private final List<String> parameters = new ArrayList<>();

  NormalizedNames(SelectAnalysis analysis) {
    this.analysis = analysis;
  }

  @Override
  public String of(Expression e) {
    return switch (e) {
      case Aliased a when a.alias().startsWith(SUBQUERY) -> a.alias();
      case Aliased a -> {
        boolean entered = resolving.add(a.alias());
        String name = of(a.expression());
        if (entered) {
          resolving.remove(a.alias());
        }
        yield name;
      }
      case Parenthesized p -> of(p.expression());
      case DescendingKey k -> of(k.key());
      case Identifier i -> identifier(i);
      case Literal.TupleLiteral t -> "tuple(" + list(t.elements()) + ")";
      case Literal l -> ColumnNames.of(l);
      case FunctionCall f -> call(f);
      case Lambda l -> {
        int outside = parameters.size();
        parameters.addAll(l.parameters());
        String body = of(l.body());
        parameters.subList(outside, parameters.size()).clear();
        yield "lambda(tuple(" + String.join(", ", l.parameters()) + "), " + body + ")";
      }
      case Subquery _, Matcher _, QueryParameter _ -> ColumnNames.of(e);
    };
  }

  /**
   * The type of an aggregate function's argument, which the type of the state names: those servers
   * keep the dictionary through a comparison with constants.
   */
  static DataType typeOf(Expr e) {
    DataType type = e.type();
    if (!(e instanceof Expr.Call c)
        || !KEEPING_DICTIONARIES.contains(c.name())
        || type instanceof LowCardinalityType) {
      return type;
    }
    List<Expr> rows = c.arguments().stream().filter(a -> !(a instanceof Expr.Constant)).toList();
    return rows.size() == 1 && typeOf(rows.getFirst()) instanceof LowCardinalityType
        ? new LowCardinalityType(type)
        : type;
  }

  private String identifier(Identifier i) {
    String name = i.name();
    if (parameters.contains(name)) {
      return name;
    }
    Expression alias = i.parts().size() == 1 ? analysis.alias(name) : null;
    if (alias != null && resolving.add(name)) {
      String meant = of(alias);
      resolving.remove(name);
      return meant;
    }
    VisibleColumn column = analysis.visible(i.parts());
    return column == null ? name : column.name();
  }

  private String call(FunctionCall f) {
    boolean countsRows =
        f.arguments().size() == 1
            && f.arguments().getFirst().bare() instanceof Matcher.Asterisk
            && f.name().equalsIgnoreCase("count");
    return f.name()
        + (f.parameters() == null ? "" : "(" + list(f.parameters()) + ")")
        + "("
        + (countsRows ? "" : list(f.arguments()))
        + ")";
  }

  private String list(List<? extends Expression> expressions) {
    return String.join(", ", expressions.stream().map(this::of).toList());
  }
}
