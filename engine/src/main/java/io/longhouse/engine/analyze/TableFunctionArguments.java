package io.longhouse.engine.analyze;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableFunction;
import io.longhouse.engine.table.TableLookup;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.format.Formatter;

/** What a table function sees of the query around it. */
record TableFunctionArguments(Analyzer analyzer, Frame frame) implements TableFunction.Arguments {
  @Override
  public QueryContext context() {
    return analyzer.context();
  }

  @Override
  public TableLookup tables() {
    return analyzer.tables();
  }

  @Override
  public Expr.Constant constant(Expression e) {
    if (e.bare() instanceof Identifier id && frame.find(id) == null) {
      return Literals.constant(Literal.of(id.name()));
    }
    if (analyzer.expressions().resolve(e, frame) instanceof Expr.Constant c) {
      return c;
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Argument " + Formatter.formatOneLine(e) + " of a table function must be constant");
  }

  @Override
  public String text(Expression e) {
    Expr.Constant c = constant(e);
    return c.type().textOf(c.value(), 0);
  }

  @Override
  public long number(Expression e) {
    Expr.Constant c = constant(e);
    String text = c.type().textOf(c.value(), 0);
    try {
      return text.indexOf('.') >= 0 || text.indexOf('e') >= 0
          ? (long) Double.parseDouble(text)
          : text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException x) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Argument " + Formatter.formatOneLine(e) + " of a table function must be a number",
          x);
    }
  }

  @Override
  public Column cast(Column value, DataType from, DataType to) {
    return Program.constant(analyzer.castTo(new Expr.Constant(value, from), to));
  }

  @Override
  public Table tableFunction(FunctionCall call) {
    return analyzer.tableFunction(call, frame);
  }

  @Override
  public Plan plan(Query query) {
    return analyzer.subquery(query, new DerivedFrame(frame, null));
  }
}
