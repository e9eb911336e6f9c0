package io.longhouse.engine.statement;

import io.longhouse.column.Block;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.StringType;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.session.LocalQuery;
import io.longhouse.engine.session.Processes;
import io.longhouse.engine.system.CellValues;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Kill;
import io.longhouse.sql.ast.Query;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.List;

/** {@code KILL QUERY}: cancels the queries of {@code system.processes} that a condition names. */
@Register(kind = StatementRunner.class, name = "Kill")
final class KillRunner implements StatementRunner {
  private static final Header HEADER =
      new Header(
          List.of(
              new Header.Field("kill_status", StringType.TYPE),
              new Header.Field("query_id", StringType.TYPE),
              new Header.Field("user", StringType.TYPE),
              new Header.Field("query", StringType.TYPE)));

  @Override
  public StatementResult run(Statement statement, StatementContext context) {
    var kill = (Kill) statement;
    if (kill.kind() == Kill.Kind.MUTATION) {
      return KilledMutations.run(kill, context);
    }
    if (kill.kind() != Kill.Kind.QUERY) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, Formatter.formatOneLine(kill) + " is not implemented");
    }
    Block named = named("SELECT query_id FROM system.processes WHERE 1", kill, context);
    var processes = context.query().require(Processes.class);
    List<ColumnBuilder> out = HEADER.newBuilders(named.rows());
    var ids = (StringColumn) named.column(0).plain();
    for (int i = 0; i < named.rows(); i++) {
      String id = ByteText.decode(ids.get(i));
      LocalQuery query = find(processes, id);
      if (query == null || id.equals(context.query().queryId())) {
        continue;
      }
      SessionAccess access = context.query().require(SessionAccess.class);
      if (!access.isOwn(query.session().user(), query.account())) {
        access.check(Privilege.KILL_QUERY);
      }
      String status = kill(query, kill.mode(), context);
      List<String> cells = List.of(status, id, query.session().user(), query.text());
      for (int c = 0; c < cells.size(); c++) {
        CellValues.append(cells.get(c), StringType.TYPE, out.get(c));
      }
    }
    int rows = out.getFirst().size();
    var block = new Block(out.stream().map(ColumnBuilder::build).toList(), rows);
    return new StatementResult.Rows(HEADER, rows == 0 ? List.of() : List.of(block));
  }

  /** The rows of a system table that the statement's condition is true for as well. */
  static Block named(String select, Kill kill, StatementContext context) {
    String where = kill.where() == null ? "1" : Formatter.formatOneLine(kill.where());
    String sql = select + " AND (" + where + ")";
    Plan plan = context.analyzer().analyze((Query) Parser.parseStatement(sql).statement());
    return context.collect(plan, Long.MAX_VALUE);
  }

  private static @org.jspecify.annotations.Nullable LocalQuery find(Processes all, String id) {
    for (LocalQuery q : all.all()) {
      if (q.queryId().equals(id)) {
        return q;
      }
    }
    return null;
  }

  /** SYNC waits until the query has ended; its own client closes it then. */
  private static String kill(LocalQuery query, Kill.Mode mode, StatementContext context) {
    switch (mode) {
      case TEST -> {
        return "unknown";
      }
      case ASYNC -> {
        query.cancel();
        return "waiting";
      }
      case SYNC -> {
        query.cancel();
        var processes = context.query().require(Processes.class);
        while (!processes.awaitEnd(query, 50)) {
          context.query().checkStopped();
        }
        return "finished";
      }
    }
    throw new IllegalStateException();
  }
}
