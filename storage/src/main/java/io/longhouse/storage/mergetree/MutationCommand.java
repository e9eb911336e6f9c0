package io.longhouse.storage.mergetree;

import io.longhouse.function.expr.Expr;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A change of rows or columns that are there. Expressions are over the table's stored columns. */
public sealed interface MutationCommand {
  /** As the mutation's file has it: {@code DELETE WHERE k = 3}. */
  String text();

  /** The only partition that is changed, null for all. */
  @Nullable String partitionId();

  /** Removes the rows for which the condition is true. */
  record Delete(String text, @Nullable String partitionId, Expr condition)
      implements MutationCommand {}

  /**
   * Marks rows as deleted without rewriting the others: {@code DELETE FROM}.
   *
   * @param condition of the rows
   */
  record DeleteMask(String text, @Nullable String partitionId, Expr condition)
      implements MutationCommand {}

  /**
   * Gives columns new values.
   *
   * @param values by the place of the column, in the column's type
   * @param condition of the rows that get them
   */
  record Update(
      String text, @Nullable String partitionId, Map<Integer, Expr> values, Expr condition)
      implements MutationCommand {
    public Update {
      values = Map.copyOf(values);
    }
  }

  /**
   * Writes a column's values as the table now wants them: after its type was changed, or because
   * its default is to be stored.
   *
   * @param value null to read the column as it is, converted where needed
   */
  record Rewrite(String text, @Nullable String partitionId, String column, @Nullable Expr value)
      implements MutationCommand {}

  /**
   * Writes parts anew without the rows that are marked as deleted.
   *
   * @param onlyMasked leaves parts without such rows as they are: {@code APPLY DELETED MASK}
   */
  record RewriteRows(String text, @Nullable String partitionId, boolean onlyMasked)
      implements MutationCommand {}

  /** Removes a column's files. */
  record Drop(String text, @Nullable String partitionId, String column)
      implements MutationCommand {}

  /** Gives a column's files another name. */
  record Rename(String text, @Nullable String partitionId, String from, String to)
      implements MutationCommand {}
}
