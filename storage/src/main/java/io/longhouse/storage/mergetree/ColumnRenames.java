package io.longhouse.storage.mergetree;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What commands that were not applied yet mean for the names of columns. */
final class ColumnRenames {
  private ColumnRenames() {}

  /**
   * By the names after the commands the older ones; the empty one stands for a column that was
   * dropped.
   *
   * @param commands in their order
   * @param partitionId of the rows; null for those of no part
   * @param hadColumn whether there is a column: a merge may have given it its new name already
   */
  static Map<String, String> of(
      List<MutationCommand> commands, @Nullable String partitionId, Predicate<String> hadColumn) {
    Map<String, String> renames = Map.of();
    for (MutationCommand c : commands) {
      if (c instanceof MutationCommand.Drop d
          && (d.partitionId() == null || d.partitionId().equals(partitionId))) {
        renames = new HashMap<>(renames);
        renames.put(d.column(), "");
      }
      if (c instanceof MutationCommand.Rename r) {
        renames = new HashMap<>(renames);
        String before = renames.remove(r.from());
        String first = before == null ? r.from() : before;
        if (hadColumn.test(first)) {
          renames.put(r.to(), first);
        }
      }
    }
    return renames;
  }
}
