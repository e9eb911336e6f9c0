package io.longhouse.engine.session;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.meter.QueryUse;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.system.LoggedQuery;
import io.longhouse.engine.system.QueryLog;
import io.longhouse.sql.LonghouseException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A request whose text is no statement: there is what the session says of it, and the error. */
record UnreadQuery(
    String text,
    String queryId,
    LocalSession session,
    Account account,
    String database,
    Settings settings,
    Instant start,
    InitialQuery initial)
    implements LoggedQuery {
  private static final String KIND = "None";
  private static final Progress.Snapshot NOTHING = new Progress().snapshot(0, 0, 0);

  /** Notes it where queries are noted that fail before they begin. */
  static void note(
      LocalEngine engine, LocalSession session, QueryRequest request, LonghouseException e) {
    Instant now = Instant.now();
    String id = request.queryId().isEmpty() ? UUID.randomUUID().toString() : request.queryId();
    Account account = session.access().account();
    engine.metrics().event("FailedQuery").increment();
    engine.errors().add(e, id, session.user(), account);
    // First the account: what the query log has, tenant_usage has as well.
    engine.meter().ended(account, new QueryUse(KIND, true, NOTHING, 0, 0), now);
    QueryLog log = engine.queryLog();
    if (log != null) {
      var query =
          new UnreadQuery(
              Secrets.unread(request),
              id,
              session,
              account,
              session.database(),
              RequestSettings.asFarAsTheyAreValid(session, request),
              now,
              LocalQuery.initial(session, request, id, now));
      log.add(
          new QueryLog.Row(QueryLog.Type.EXCEPTION_BEFORE_START, now, query, NOTHING, Map.of(), e));
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String user() {
    return session.user();
  }

  @Override
  public ClientInfo client() {
    return initial.secondary() ? initial.client() : session.client();
  }
}
