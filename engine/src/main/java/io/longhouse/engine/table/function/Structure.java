package io.longhouse.engine.table.function;

import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.TypeName;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;

/** Columns written in a text: {@code 'a UInt8, b String'}. */
public final class Structure {
  private Structure() {}

  /**
   * @throws io.longhouse.sql.LonghouseException SYNTAX_ERROR (62) or what is wrong with a type
   */
  public static List<ColumnDefinition> parse(String text) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ColumnDeclaration d : declarations(text)) {
      TypeName type = d.type();
      if (type == null) {
        throw new io.longhouse.sql.LonghouseException(
            io.longhouse.sql.ErrorCode.SYNTAX_ERROR,
            "Cannot parse structure '" + text + "': column " + d.name() + " has no type");
      }
      columns.add(
          new ColumnDefinition(
              d.name(),
              DataTypes.of(type),
              d.defaultKind(),
              d.defaultExpression(),
              "",
              null,
              null));
    }
    return columns;
  }

  private static List<ColumnDeclaration> declarations(String text) {
    var statement =
        Parser.parseStatement("CREATE TABLE t (" + text + "\n) ENGINE = Memory").statement();
    if (statement instanceof CreateTable c && c.schema() != null) {
      return c.schema().columns();
    }
    throw new IllegalStateException(text);
  }

  /** Whether a text reads as a structure. */
  static boolean isOne(String text) {
    try {
      return declarations(text).stream().allMatch(d -> d.type() != null);
    } catch (SqlException e) {
      return false;
    }
  }
}
