package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of FROM. */
public record TableExpression(
    TableSource source,
    @Nullable String alias,
    @Nullable List<String> columnAliases,
    boolean isFinal,
    @Nullable StreamClause stream,
    @Nullable Expression sampleRatio,
    @Nullable Expression sampleOffset)
    implements Node {
  public static TableExpression of(TableSource source) {
    return new TableExpression(source, null, null, false, null, null, null);
  }

  /** Where rows come from. */
  public sealed interface TableSource {}

  /** A table by its name. */
  public record NamedTable(Identifier name) implements TableSource {}

  /** {@code numbers(10)}. */
  public record TableFunction(FunctionCall call, List<Setting> settings) implements TableSource {}

  /** {@code (SELECT ...)}. */
  public record Derived(Query query) implements TableSource {}

  /** {@code STREAM [CURSOR ...]}. */
  public record StreamClause(@Nullable Expression cursor) {}
}
