package io.longhouse.engine.statement;

import io.longhouse.engine.workload.Workloads;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.Statement;

/** {@code CREATE WORKLOAD} and {@code CREATE RESOURCE}. */
@Register(kind = StatementRunner.class, name = "CreateWorkload")
@Register(kind = StatementRunner.class, name = "CreateResource")
final class CreateWorkloadRunner implements StatementRunner {
  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    Workloads workloads = context.query().require(Workloads.class);
    if (statement instanceof CreateResource r) {
      workloads.create(r);
    } else {
      var w = (CreateWorkload) statement;
      workloads.create(w);
    }
    return StatementResult.DONE;
  }
}
