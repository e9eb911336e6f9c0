package io.longhouse.cluster.distributed;

import io.longhouse.cluster.config.Cluster;
import io.longhouse.cluster.config.Shard;
import io.longhouse.cluster.connection.Connections;
import io.longhouse.cluster.connection.RemoteQuery;
import io.longhouse.cluster.connection.RemoteRequest;
import io.longhouse.column.Block;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.table.ColumnDefinition;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ColumnDeclaration.DefaultKind;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.From;
import io.longhouse.sql.ast.Matcher;
import io.longhouse.sql.ast.Select;
import io.longhouse.sql.ast.TableExpression;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a table of which this server has nothing: the first shard that lives tells. */
final class RemoteSchema {
  private RemoteSchema() {}

  /**
   * @throws LonghouseException what the last shard said or died of
   */
  static List<ColumnDefinition> of(
      Cluster cluster, TableExpression.TableSource source, QueryContext context) {
    List<ColumnDefinition> columns = new ArrayList<>();
    LonghouseException last = null;
    for (Shard shard : cluster.shards()) {
      try {
        Scheduler.blocking(() -> ask(shard, source, context, columns));
        if (!columns.isEmpty()) {
          return columns;
        }
      } catch (LonghouseException e) {
        context.checkStopped();
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
    throw new LonghouseException(
        ErrorCode.NO_REMOTE_SHARD_AVAILABLE,
        "All attempts to get table structure failed: no shard of cluster '"
            + cluster.name()
            + "' answered");
  }

  private static void ask(
      Shard shard,
      TableExpression.TableSource source,
      QueryContext context,
      List<ColumnDefinition> into) {
    // The formatter knows tables of FROM, which is what DESCRIBE takes too.
    String select =
        Formatter.formatOneLine(
            Select.of(
                List.of(new Matcher.Asterisk(List.of())),
                new From(TableExpression.of(source), List.of())));
    String table = select.substring(select.indexOf(" FROM ") + " FROM ".length());
    Connections connections = context.require(Connections.class);
    var request = RemoteRequest.of("DESCRIBE TABLE " + table);
    try (var query = new RemoteQuery(connections, shard, request, context)) {
      Header header = query.header();
      for (Block b = query.next(); b != null && header != null; b = query.next()) {
        for (int row = 0; row < b.rows(); row++) {
          into.add(column(header, b, row));
        }
      }
    }
  }

  private static ColumnDefinition column(Header header, Block b, int row) {
    DataType type = DataTypes.parse(text(header, b, "type", row));
    String kind = text(header, b, "default_type", row);
    String expression = text(header, b, "default_expression", row);
    String comment = text(header, b, "comment", row);
    return new ColumnDefinition(
        text(header, b, "name", row),
        type,
        kind(kind),
        kind.isEmpty() || expression.isEmpty() ? null : parsed(expression),
        comment,
        null,
        null);
  }

  private static @Nullable DefaultKind kind(String text) {
    return switch (text) {
      case "DEFAULT" -> DefaultKind.DEFAULT;
      case "MATERIALIZED" -> DefaultKind.MATERIALIZED;
      case "ALIAS" -> DefaultKind.ALIAS;
      case "EPHEMERAL" -> DefaultKind.EPHEMERAL;
      default -> null;
    };
  }

  private static Expression parsed(String expression) {
    return Parser.parseExpression(expression);
  }

  /** Older versions have fewer columns. */
  private static String text(Header header, Block b, String name, int row) {
    int at = header.indexOf(name);
    return at < 0 ? "" : StringType.TYPE.textOf(b.column(at).plain(), row);
  }
}
