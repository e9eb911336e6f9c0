package io.longhouse.engine.exec;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.column.LowCardinalityColumn;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/**
 * The rows of a join's right side, each column in one piece. Behind the last row stands one of
 * default values (or NULLs), which a left row without a match takes.
 */
final class JoinRows {
  private final Column[] input;
  private final Column[] output;
  private final int size;

  private JoinRows(Column[] input, Column[] output, int size) {
    this.input = input;
    this.output = output;
    this.size = size;
  }

  /**
   * @param unmatchedLeft whether left rows without a match are part of the result
   * @param check called now and then
   */
  static JoinRows of(Plan.Join join, List<Block> blocks, boolean unmatchedLeft, Runnable check) {
    Header header = join.right().header();
    int leftWidth = join.left().header().size();
    int rows = 0;
    for (Block b : blocks) {
      rows = add(rows, b.rows());
    }
    Column[] input = new Column[header.size()];
    Column[] output = new Column[header.size()];
    for (int i = 0; i < input.length; i++) {
      DataType from = header.type(i);
      DataType to = join.header().type(leftWidth + i);
      input[i] = concat(blocks, i, from, rows, unmatchedLeft);
      output[i] = from.equals(to) ? input[i] : nullable(input[i], unmatchedLeft ? rows : -1);
      check.run();
    }
    return new JoinRows(input, output, rows);
  }

  private static int add(int a, int b) {
    long sum = (long) a + b;
    if (sum >= Integer.MAX_VALUE - 16) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "JOIN with more than 2^31 rows on the right side");
    }
    return (int) sum;
  }

  private static Column concat(
      List<Block> blocks, int place, DataType type, int rows, boolean withDefault) {
    if (blocks.size() == 1 && !withDefault) {
      return blocks.getFirst().column(place).full();
    }
    ColumnBuilder out = type.newBuilder(rows + 1);
    try {
      for (Block b : blocks) {
        out.appendRange(b.column(place), 0, b.rows());
      }
    } catch (ArithmeticException e) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "JOIN with more than 2 GiB in one column of type " + type.name() + " on the right side",
          e);
    }
    if (withDefault) {
      out.append(type.defaultValue(), 0);
    }
    return out.build();
  }

  int size() {
    return size;
  }

  /** The row of defaults. */
  int defaultRow() {
    return size;
  }

  /** Column {@code i} of the right side as it came in. */
  Column input(int i) {
    return input[i];
  }

  /** Writes the rows' columns, as the join's header has them, to {@code out} from {@code at} on. */
  void gather(int[] rows, int count, Column[] out, int at) {
    for (int i = 0; i < output.length; i++) {
      out[at + i] = output[i].gather(rows, count);
    }
  }

  long retainedBytes() {
    long sum = 0;
    for (Column c : output) {
      sum += c.retainedBytes();
    }
    return sum;
  }

  /**
   * The same values in the Nullable form of the type; {@code nullRow} becomes NULL unless it is
   * negative.
   */
  static Column nullable(Column c, int nullRow) {
    return switch (c) {
      case ConstColumn k -> new ConstColumn(nullable(k.value(), -1), k.size());
      case LowCardinalityColumn l -> nullableDictionary(l, nullRow);
      case NullableColumn n -> n;
      default -> {
        byte[] nulls = new byte[c.size()];
        if (nullRow >= 0) {
          nulls[nullRow] = 1;
        }
        yield new NullableColumn(c, nulls);
      }
    };
  }

  private static Column nullableDictionary(LowCardinalityColumn l, int nullRow) {
    Column entries = l.dictionary();
    if (entries instanceof NullableColumn) {
      return l;
    }
    int count = entries.size();
    ColumnBuilder b = entries.newBuilder(count + 1);
    b.appendRange(entries, 0, count);
    b.appendDefault(1);
    byte[] nulls = new byte[count + 1];
    nulls[count] = 1;
    int[] indexes = l.indexes();
    if (nullRow >= 0) {
      indexes = java.util.Arrays.copyOf(indexes, l.size());
      indexes[nullRow] = count;
    }
    return new LowCardinalityColumn(new NullableColumn(b.build(), nulls), indexes, l.size());
  }
}
