package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE RESOURCE}. */
public record CreateResource(
    boolean orReplace,
    boolean ifNotExists,
    String name,
    @Nullable String cluster,
    List<Operation> operations)
    implements CreateStatement {
  /**
   * What it meters.
   *
   * @param words such as {@code READ DISK}, {@code MASTER THREAD}, {@code QUERY}
   * @param disk the disk of {@code READ DISK} and {@code WRITE DISK}, null for any
   */
  public record Operation(String words, @Nullable String disk) {}
}
