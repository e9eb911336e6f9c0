package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.format.MissingValues;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ast.Expression;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of DEFAULT expressions where an input had no value.
 *
 * @param header the columns that are read
 * @param columns the table's, some of them in the header
 */
public record MissingDefaults(Header header, List<ColumnDefinition> columns, Analyzer analyzer) {
  private @Nullable Expression expression(String name) {
    for (ColumnDefinition c : columns) {
      if (c.name().equals(name)) {
        return c.defaultExpression();
      }
    }
    return null;
  }

  /** A block with the missing values put in. */
  public Block fill(Block block, MissingValues missing) {
    if (missing.isEmpty()) {
      return block;
    }
    Column[] filled = block.columns();
    for (int i = 0; i < header.size(); i++) {
      BitSet rows = missing.rows(i);
      Expression value = rows == null ? null : expression(header.name(i));
      if (rows != null && value != null) {
        Expr e = analyzer.castTo(analyzer.resolve(value, header), header.type(i));
        Column computed = new Program(List.of(e)).evaluateSingle(filled, block.rows()).full();
        filled[i] = merge(filled[i], computed, rows, header.type(i), block.rows());
      }
    }
    return new Block(filled, block.rows());
  }

  private static Column merge(
      Column given, Column computed, BitSet rows, DataType type, int count) {
    ColumnBuilder out = type.newBuilder(count);
    for (int from = 0; from < count; ) {
      boolean isMissing = rows.get(from);
      int next = isMissing ? rows.nextClearBit(from) : rows.nextSetBit(from);
      int end = next < 0 || next > count ? count : next;
      out.appendRange(isMissing ? computed : given, from, end - from);
      from = end;
    }
    return out.build();
  }
}
