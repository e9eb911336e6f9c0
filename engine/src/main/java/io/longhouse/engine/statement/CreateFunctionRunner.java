package io.longhouse.engine.statement;

import io.longhouse.engine.catalog.UserFunctions;
import io.longhouse.engine.workload.Workloads;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateFunction;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.ast.Statement;
import java.util.HashSet;
import java.util.Set;

/** {@code CREATE FUNCTION} of a lambda, and DROP of whatever is not a table or access entity. */
@Register(kind = StatementRunner.class, name = "CreateFunction")
@Register(kind = StatementRunner.class, name = "DropObject")
public final class CreateFunctionRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    UserFunctions functions = context.catalog().userFunctions();
    if (statement instanceof DropObject d) {
      drop(d, functions, context);
    } else {
      create((CreateFunction) statement, functions);
    }
    return StatementResult.DONE;
  }

  /** The statement that makes a function. */
  public static CreateFunction statement(String name, Lambda body) {
    return new CreateFunction(false, false, name, null, body);
  }

  private static void create(CreateFunction c, UserFunctions functions) {
    String name = c.name();
    Expression body = c.body().bare();
    if (!(body instanceof Lambda lambda)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "CREATE FUNCTION of anything but a lambda is not implemented");
    }
    if (Registry.of(FunctionFactory.class).entry(name) != null) {
      throw new LonghouseException(
          ErrorCode.FUNCTION_ALREADY_EXISTS, "The function '" + name + "' already exists");
    }
    if (Registry.of(AggregateFactory.class).entry(name) != null) {
      throw new LonghouseException(
          ErrorCode.FUNCTION_ALREADY_EXISTS,
          "The aggregate function '" + name + "' already exists");
    }
    Set<String> parameters = new HashSet<>();
    for (String p : lambda.parameters()) {
      if (!parameters.add(p)) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "Identifier " + p + " already used as function parameter");
      }
    }
    if (functions.all().containsKey(name) && !c.orReplace()) {
      if (c.ifNotExists()) {
        return;
      }
      throw new LonghouseException(
          ErrorCode.FUNCTION_ALREADY_EXISTS,
          "User-defined object '"
              + name
              + "' already exists: while adding user defined function `"
              + name
              + "`");
    }
    functions.put(statement(name, lambda), lambda);
  }

  private static void drop(DropObject d, UserFunctions functions, StatementContext context) {
    if (d.kind() == DropObject.Kind.WORKLOAD || d.kind() == DropObject.Kind.RESOURCE) {
      context.query().require(Workloads.class).drop(d);
      return;
    }
    if (d.kind() == DropObject.Kind.NAMED_COLLECTION) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "DROP " + d.kind().sql() + " is not implemented");
    }
    if (!functions.remove(d.name()) && !d.ifExists()) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_FUNCTION,
          "User-defined object '"
              + d.name()
              + "' doesn't exist: while removing user defined function `"
              + d.name()
              + "`");
    }
  }
}
