package io.longhouse.engine.table;

import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.plan.Plan;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Query;

/** A function in FROM: makes a table of its arguments. Registered under its name. */
public interface TableFunction {
  /**
   * @throws io.longhouse.sql.LonghouseException when the arguments do not fit
   */
  Table create(FunctionCall call, Arguments arguments);

  /** How a table function gets at the values of its arguments. */
  interface Arguments {
    QueryContext context();

    TableLookup tables();

    /** The value of a constant expression; an identifier alone counts as its own text. */
    Expr.Constant constant(Expression e);

    /** A constant as text. */
    String text(Expression e);

    /** A constant as a whole number. */
    long number(Expression e);

    /** One value of a type in another one. */
    Column cast(Column value, DataType from, DataType to);

    /** The table of a table function given as an argument. */
    Table tableFunction(FunctionCall call);

    /** The plan of a query given as an argument. */
    Plan plan(Query query);
  }
}
