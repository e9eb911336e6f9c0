package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE}, {@code ATTACH TABLE}, {@code REPLACE TABLE}.
 *
 * @param source what {@code AS} names
 * @param attachFrom {@code ATTACH TABLE t FROM 'path'}
 * @param attachAsReplicated {@code ATTACH TABLE t AS [NOT] REPLICATED}
 */
public record CreateTable(
    CreateHead head,
    @Nullable TableSchema schema,
    @Nullable StorageClause storage,
    @Nullable Source source,
    boolean empty,
    @Nullable String comment,
    @Nullable String attachFrom,
    @Nullable Boolean attachAsReplicated)
    implements CreateStatement {

  /** Where structure and rows come from. */
  public sealed interface Source {}

  /** {@code AS other}. */
  public record Like(Identifier table) implements Source {}

  /** {@code CLONE AS other}. */
  public record Clone(Identifier table) implements Source {}

  /** {@code AS f(...)}. */
  public record Function(FunctionCall call, List<Setting> settings) implements Source {}

  /** {@code AS SELECT ...}. */
  public record AsSelect(Query query) implements Source {}
}
