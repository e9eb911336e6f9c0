package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.function.expr.Program;
import org.jspecify.annotations.Nullable;

/** Computes other columns for the same rows. */
final class ProjectLane implements Lane {
  private final Lane input;
  private final Program program;
  private final Block empty;

  ProjectLane(Lane input, Program program, Header header) {
    this.input = input;
    this.program = program;
    this.empty = header.emptyBlock();
  }

  @Override
  public @Nullable Block next() {
    Block b = input.next();
    if (b != null && b.rows() == 0) {
      return empty;
    }
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
