package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Header;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.format.Formatter;
import java.util.List;

/**
 * What a row's shard is computed from.
 *
 * @param text as written
 * @param value over the table's stored columns
 * @param type of the value, without LowCardinality
 */
public record ShardingKey(Expression text, Expr value, IntegerType type) {
  /**
   * @param columns of the Distributed table
   * @throws io.longhouse.sql.LonghouseException TYPE_MISMATCH (53)
   */
  public static ShardingKey of(Expression text, List<ColumnDefinition> columns, Analyzer analyzer) {
    var stored =
        new Header(
            columns.stream()
                .filter(ColumnDefinition::isStored)
                .map(c -> new Header.Field(c.name(), c.type()))
                .toList());
    Expr value = analyzer.resolve(text, stored);
    return new ShardingKey(
        text, value, ShardSlots.keyType(value.type(), Formatter.formatOneLine(text)));
  }
}
