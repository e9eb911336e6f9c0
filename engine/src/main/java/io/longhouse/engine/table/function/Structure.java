package io.longhouse.engine.table.function;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.TupleType;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.TypeName;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;

/** Columns written in a text: {@code 'a UInt8, b String'}; a Nested becomes one array each. */
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
      DataType resolved = DataTypes.of(type);
      if (resolved instanceof NestedType n) {
        TupleType row = n.row();
        for (int i = 0; i < row.elements().size(); i++) {
          columns.add(
              ColumnDefinition.of(
                  d.name() + "." + row.names().get(i), new ArrayType(row.elements().get(i))));
        }
        continue;
      }
      columns.add(
          new ColumnDefinition(
              d.name(), resolved, d.defaultKind(), d.defaultExpression(), "", null, null));
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
