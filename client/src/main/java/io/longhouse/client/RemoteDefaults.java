package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int8Column;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.insert.ColumnsText;
import io.longhouse.engine.session.QueryRequest.ExternalTable;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.format.MissingValues;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Values that the data of an INSERT leave out, where the server has told what stands for them: the
 * native protocol sends blocks, in which nothing can be left out.
 */
final class RemoteDefaults {
  private static final String ROWS = "_rows";
  private static final String GIVEN = "_given_";
  private static final String MISSING = "_missing_";

  private final List<ColumnDefinition> columns;
  private final Header header;
  private final LocalExpressions engine;

  /**
   * @param description of the table's columns, as the server sent it; empty for nothing
   */
  RemoteDefaults(String description, Header header, LocalExpressions engine) {
    this.header = header;
    this.engine = engine;
    this.columns = description.isEmpty() ? List.of() : ColumnsText.parse(description);
  }

  /**
   * A block with the missing values put in. Every column in question becomes an alias for what was
   * given or its default; defaults that are made of others find those by their names.
   */
  Block fill(Block block, MissingValues missing) {
    List<Header.Field> fields = new ArrayList<>(header.fields());
    List<Column> given = new ArrayList<>(Arrays.asList(block.columns()));
    List<String> aliases = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (ColumnDefinition c : columns) {
      int i = header.indexOf(c.name());
      BitSet rows = i < 0 ? null : missing.rows(i);
      Expression value = c.defaultExpression();
      String named = " AS " + Quoting.identifier(c.name());
      if (i < 0) {
        aliases.add(
            (value == null
                    ? "defaultValueOfTypeName(" + Quoting.string(c.type().name()) + ")"
                    : cast(value, c))
                + named);
      } else if (rows != null && value != null) {
        fields.set(i, new Header.Field(GIVEN + i, header.type(i)));
        fields.add(new Header.Field(MISSING + i, DataTypes.parse("UInt8")));
        given.add(flags(rows, block.rows()));
        aliases.add("if(" + MISSING + i + ", " + cast(value, c) + ", " + GIVEN + i + ")" + named);
        places.add(i);
      }
    }
    if (places.isEmpty()) {
      return block;
    }
    String names =
        String.join(", ", places.stream().map(i -> Quoting.identifier(header.name(i))).toList());
    Block computed =
        engine.rows(
            "WITH " + String.join(", ", aliases) + " SELECT " + names + " FROM " + ROWS,
            new ExternalTable(ROWS, new Header(fields), List.of(new Block(given, block.rows()))),
            block.rows());
    Column[] filled = block.columns();
    for (int k = 0; k < places.size(); k++) {
      filled[places.get(k)] = computed.column(k).full();
    }
    return new Block(filled, block.rows());
  }

  private static String cast(Expression value, ColumnDefinition c) {
    return "CAST(("
        + Formatter.formatOneLine(value)
        + "), "
        + Quoting.string(c.type().name())
        + ")";
  }

  private static Column flags(BitSet rows, int count) {
    byte[] flags = new byte[count];
    rows.stream().forEach(r -> flags[r] = 1);
    return new Int8Column(flags, count);
  }
}
