package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code CREATE WINDOW VIEW}. */
public record CreateWindowView(
    CreateHead head,
    @Nullable String toInnerUuid,
    @Nullable Identifier to,
    @Nullable TableSchema schema,
    @Nullable StorageClause innerStorage,
    @Nullable StorageClause storage,
    @Nullable Watermark watermark,
    @Nullable Expression allowedLateness,
    boolean populate,
    boolean empty,
    Query query,
    @Nullable String comment)
    implements CreateStatement {
  /** When a window is complete. */
  public sealed interface Watermark {}

  /** {@code STRICTLY_ASCENDING}. */
  public record StrictlyAscending() implements Watermark {}

  /** {@code ASCENDING}. */
  public record Ascending() implements Watermark {}

  /** {@code WATERMARK = INTERVAL ...}. */
  public record Bounded(Expression interval) implements Watermark {}
}
