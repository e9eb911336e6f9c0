package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.Assignment;
import io.longhouse.sql.ast.Expression;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What some users see in the place of columns of a table.
 *
 * @param assignments columns with what is shown for them, over the columns of the same row
 * @param where of which rows; null for all
 * @param priority of several policies, those with higher ones come first, so that the lowest has
 *     the last word
 */
public record MaskingPolicy(
    UUID id,
    String shortName,
    String database,
    String table,
    List<Assignment> assignments,
    @Nullable Expression where,
    Subjects to,
    long priority)
    implements AccessEntity {
  public MaskingPolicy {
    assignments = List.copyOf(assignments);
  }

  @Override
  public String name() {
    return RowPolicy.name(shortName, database, table);
  }

  @Override
  public AccessEntityKind kind() {
    return AccessEntityKind.MASKING_POLICY;
  }
}
