package io.longhouse.sql.ast;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of FROM. */
public record TableExpression(
    TableSource source,
    @Nullable String alias,
    @Nullable List<String> columnAliases,
    boolean isFinal,
    @Nullable StreamClause stream,
    @Nullable Ratio sample,
    @Nullable Ratio sampleOffset)
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

  /** {@code SAMPLE 1/10}; a whole number of rows has the denominator 1. */
  public record Ratio(BigInteger numerator, BigInteger denominator) {}

  /** {@code STREAM [CURSOR ...]}. */
  public record StreamClause(@Nullable Expression cursor) {}
}
