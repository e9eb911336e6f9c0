package io.longhouse.engine.insert;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.engine.plan.Exprs;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.format.MissingValues;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import java.util.BitSet;
import java.util.List;

/**
 * The results of DEFAULT expressions where an input had no value. An expression sees the values of
 * its row, those among them that are defaults themselves.
 */
public final class MissingDefaults {
  private final Header header;
  private final ColumnValues values;
  private final Analyzer analyzer;

  /**
   * @param header the columns that are read
   * @param columns the table's, some of them in the header
   */
  public MissingDefaults(Header header, List<ColumnDefinition> columns, Analyzer analyzer) {
    this.header = header;
    this.analyzer = analyzer;
    this.values = new ColumnValues(columns, header, analyzer);
  }

  /** What resolves the expressions. */
  public Analyzer analyzer() {
    return analyzer;
  }

  /** A block with the missing values put in. */
  public Block fill(Block block, MissingValues missing) {
    if (missing.isEmpty()) {
      return block;
    }
    Column[] filled = block.columns();
    var done = new BitSet();
    for (int i = 0; i < header.size(); i++) {
      fill(i, filled, block.rows(), missing, done);
    }
    return new Block(filled, block.rows());
  }

  private void fill(int i, Column[] filled, int count, MissingValues missing, BitSet done) {
    BitSet rows = done.get(i) ? null : missing.rows(i);
    done.set(i);
    Expr value = rows == null ? null : values.defaultOf(header.name(i));
    if (rows == null || value == null) {
      return;
    }
    for (int read : Exprs.inputs(value)) {
      fill(read, filled, count, missing, done);
    }
    Column computed = new Program(List.of(value)).evaluateSingle(filled, count).full();
    filled[i] = merge(filled[i], computed, rows, header.type(i), count);
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
