package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT.
 *
 * @param columns what was listed, null without a list; matchers may be among them
 * @param partitionBy {@code INSERT INTO FUNCTION f() PARTITION BY expression}
 * @param format of the inline data or of the data to come
 * @param dataOffset where inline data begin in the source, -1 without them
 */
public record Insert(
    Target target,
    @Nullable List<Expression> columns,
    @Nullable Expression partitionBy,
    List<Setting> settings,
    @Nullable Infile infile,
    @Nullable String format,
    @Nullable Query select,
    int dataOffset)
    implements Statement {

  /** Where rows go. */
  public sealed interface Target {}

  /** {@code INSERT INTO t}. */
  public record Table(Identifier name) implements Target {}

  /** {@code INSERT INTO FUNCTION f(...)}. */
  public record Function(FunctionCall call) implements Target {}

  /** {@code FROM INFILE 'path' COMPRESSION 'gzip'}. */
  public record Infile(Expression path, @Nullable Expression compression) {}
}
