package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.function.expr.Program;
import org.jspecify.annotations.Nullable;

/** Computes other columns for the same rows. */
final class ProjectLane implements Lane {
  private final Lane input;
  private final Program program;

  ProjectLane(Lane input, Program program) {
    this.input = input;
    this.program = program;
  }

  @Override
  public @Nullable Block next() {
    Block b = input.next();
    return b == null ? null : new Block(program.evaluate(b), b.rows());
  }

  @Override
  public boolean keepsNothing() {
    return input.keepsNothing();
  }

  @Override
  public void close() {
    input.close();
  }
}
