package io.longhouse.cluster.replication.node;

import static io.longhouse.cluster.replication.node.NodeText.escaped;

import io.longhouse.column.type.DataTypes;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.ColumnDeclaration;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import io.longhouse.sql.parser.ParserLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The columns of a table: {@code /columns}.
 *
 * <pre>
 * "columns format version: 1\n" count " columns:\n"
 * ("`" name "` " type ["\t" kind "\t" expression] ["\tCOMMENT " string] ["\t" codec] ["\t" statistics]
 *     ["\tTTL " expression] ["\tSETTINGS (" settings ")"] "\n")*
 * </pre>
 *
 * Types and what follows them are escaped. What follows a type is read as SQL.
 */
public final class TableColumns {
  private static final String HEADER = "columns format version: 1\n";
  private static final int COLUMNS_MAX = 1_000_000;

  private TableColumns() {}

  /**
   * @param where the node's path, for messages
   */
  public static List<ColumnDeclaration> parse(byte[] node, String where) {
    var in = new NodeText(node, where);
    in.expect(HEADER);
    int count = in.smallNumber();
    if (count < 0 || count > COLUMNS_MAX) {
      throw in.wrong("a sane number of columns before this");
    }
    in.expect(" columns:\n");
    var sql = new StringBuilder("CREATE TABLE t (");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.quoted('`');
      in.expect(" ");
      names.add(name);
      sql.append(i == 0 ? "" : ", ").append(Quoting.backQuoted(name)).append(' ');
      sql.append(in.escapedLine());
      in.expect("\n");
    }
    in.expectEnd();
    return count == 0 ? List.of() : columns(sql.append(") ENGINE = Memory").toString(), where);
  }

  private static List<ColumnDeclaration> columns(String sql, String where) {
    try {
      var create = (CreateTable) Parser.parseStatement(sql, ParserLimits.TRUSTED).statement();
      return Objects.requireNonNull(create.schema()).columns();
    } catch (LonghouseException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_TEXT,
          "Cannot parse column description of node " + where + ": " + e.message(),
          e);
    }
  }

  /**
   * @param columns each with its type
   */
  public static byte[] toBytes(List<ColumnDeclaration> columns) {
    var out = new StringBuilder(HEADER).append(columns.size()).append(" columns:\n");
    columns.forEach(c -> write(c, out));
    return ByteText.encode(out.toString());
  }

  private static void write(ColumnDeclaration c, StringBuilder out) {
    String type = DataTypes.of(Objects.requireNonNull(c.type())).name();
    out.append(Quoting.backQuoted(c.name())).append(' ').append(escaped(type));
    if (c.defaultKind() != null) {
      String expression =
          c.defaultExpression() != null
              ? Formatter.formatOneLine(c.defaultExpression())
              : "defaultValueOfTypeName(" + Quoting.string(type) + ")";
      out.append('\t').append(c.defaultKind().name()).append('\t').append(escaped(expression));
    }
    if (c.comment() != null && !c.comment().isEmpty()) {
      out.append("\tCOMMENT ").append(escaped(Quoting.string(c.comment())));
    }
    if (c.codec() != null) {
      out.append('\t').append(escaped(Formatter.formatOneLine(c.codec())));
    }
    if (c.statistics() != null) {
      out.append('\t').append(escaped(Formatter.formatOneLine(c.statistics())));
    }
    if (c.ttl() != null) {
      out.append("\tTTL ").append(escaped(Formatter.formatOneLine(c.ttl())));
    }
    if (!c.settings().isEmpty()) {
      out.append("\tSETTINGS (").append(escaped(settings(c.settings()))).append(')');
    }
    out.append('\n');
  }

  private static String settings(List<Setting> settings) {
    return String.join(
        ", ",
        settings.stream()
            .map(s -> s.name() + " = " + Formatter.formatOneLine(Objects.requireNonNull(s.value())))
            .toList());
  }
}
