package io.longhouse.cluster.distributed;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ConstColumn;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.function.Argument;
import io.longhouse.function.Functions;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shard's columns as those that were expected: by their order, converted where another version
 * gave them another type. States of aggregate functions are taken as they are.
 */
final class AnsweredColumns {
  private final @Nullable ScalarFunction[] casts;
  private final Column[] types;

  /**
   * @throws LonghouseException NUMBER_OF_COLUMNS_DOESNT_MATCH (20), CANNOT_CONVERT_TYPE (70)
   */
  AnsweredColumns(Header sent, Header expected, QueryContext context) {
    if (sent.size() < expected.size()) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_COLUMNS_DOESNT_MATCH,
          "A shard answered " + sent.size() + " columns, expected " + expected.size());
    }
    casts = new ScalarFunction[expected.size()];
    types = new Column[expected.size()];
    for (int i = 0; i < casts.length; i++) {
      DataType from = sent.type(i);
      DataType to = expected.type(i);
      types[i] = StringColumn.of(ByteText.encode(to.name()));
      boolean states = from instanceof AggregateFunctionType && to instanceof AggregateFunctionType;
      if (!from.equals(to) && !states) {
        var arguments = List.of(Argument.of(from), new Argument(StringType.TYPE, types[i]));
        casts[i] = Functions.resolve("_CAST", arguments, context);
      }
    }
  }

  Block of(Block sent) {
    Column[] columns = new Column[casts.length];
    int rows = sent.rows();
    for (int i = 0; i < columns.length; i++) {
      ScalarFunction cast = casts[i];
      columns[i] =
          cast == null
              ? sent.column(i)
              : cast.evaluate(new Column[] {sent.column(i), new ConstColumn(types[i], rows)}, rows);
    }
    return new Block(columns, rows);
  }

  /** A block without rows. */
  static Block noRows(Header header) {
    Column[] columns = new Column[header.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = header.type(i).newBuilder(0).build();
    }
    return new Block(columns, 0);
  }
}
