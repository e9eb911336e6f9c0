package io.longhouse.engine.insert;

import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.NullableType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.format.ExpressionEvaluator;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.parser.Parser;

/** Expressions among the VALUES of an INSERT or a file. */
public record ConstantExpressions(Analyzer analyzer) implements ExpressionEvaluator {
  @Override
  public void evaluate(String expression, DataType type, ColumnBuilder out) {
    Expr.Constant c = analyzer.constant(Parser.parseExpression(expression));
    Expr value =
        c.type() instanceof NullableType && !(type instanceof NullableType)
            ? analyzer.nullAsDefault(c, type)
            : analyzer.castTo(c, type);
    out.append(Program.constant(value), 0);
  }
}
