package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code INTO OUTFILE ... FORMAT ... SETTINGS ...} behind a statement.
 *
 * @param settings those written after {@code FORMAT}
 */
public record OutputClause(
    @Nullable OutFile outFile, @Nullable String format, List<Setting> settings) {
  public static final OutputClause NONE = new OutputClause(null, null, List.of());

  public boolean isEmpty() {
    return outFile == null && format == null && settings.isEmpty();
  }

  /** The file on the client's side that takes the result. */
  public record OutFile(
      Expression path,
      boolean append,
      boolean truncate,
      boolean andStdout,
      @Nullable Expression compression,
      @Nullable Expression level) {}
}
