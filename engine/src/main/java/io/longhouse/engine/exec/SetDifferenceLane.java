package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.exec.group.GroupTable;
import io.longhouse.engine.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INTERSECT and EXCEPT: rows of the left by how often they stand in the right. */
final class SetDifferenceLane implements Lane {
  private final Lane input;
  private final Plan.SetDifference step;
  private final GroupTable table;
  private final int[] counts;
  private final boolean[] emitted;

  SetDifferenceLane(Lane input, List<Block> right, Plan.SetDifference step) {
    this.input = input;
    this.step = step;
    List<DataType> types = new ArrayList<>();
    step.header().fields().forEach(f -> types.add(f.type()));
    this.table = GroupTable.of(types);
    int rows = right.stream().mapToInt(Block::rows).sum();
    int[] found = new int[rows];
    for (Block b : right) {
      int[] groups = new int[b.rows()];
      table.groups(columns(b), b.rows(), groups);
      for (int g : groups) {
        found[g]++;
      }
    }
    this.counts = java.util.Arrays.copyOf(found, Math.max(1, table.size()));
    this.emitted = new boolean[Math.max(1, table.size())];
  }

  private static Column[] columns(Block b) {
    Column[] columns = b.columns();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns[i].full();
    }
    return columns;
  }

  @Override
  public @Nullable Block next() {
    Block block = input.next();
    if (block == null || block.rows() == 0) {
      return block;
    }
    int rows = block.rows();
    int[] groups = new int[rows];
    table.find(columns(block), rows, groups);
    int[] selected = new int[rows];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      if (keep(groups[i])) {
        selected[count++] = i;
      }
    }
    return block.select(selected, count);
  }

  private boolean keep(int group) {
    if (group < 0) {
      return !step.intersect();
    }
    if (step.distinct()) {
      boolean first = !emitted[group];
      emitted[group] = true;
      return step.intersect() && first;
    }
    boolean matched = counts[group] > 0;
    if (matched) {
      counts[group]--;
    }
    return step.intersect() == matched;
  }

  @Override
  public void close() {
    input.close();
  }
}
