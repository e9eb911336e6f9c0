package io.longhouse.engine.session;

import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.ExecuteAs;
import io.longhouse.sql.ast.Explain;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.ast.Statement;
import org.jspecify.annotations.Nullable;

/** From a request to a statement under way: which statement it is, and whose. */
final class QueryStart {
  private QueryStart() {}

  /** Parses, plans and starts; whatever fails here leaves nothing running. */
  static LocalQuery start(
      LocalEngine engine, LocalSession session, QueryRequest request, Runnable whileWaiting) {
    ParsedStatement parsed;
    try {
      parsed = RequestSettings.parse(session, request);
    } catch (LonghouseException thrown) {
      LonghouseException e = Secrets.hidden(thrown, request);
      UnreadQuery.note(engine, session, request, e);
      session.quota(() -> 0).unreadable();
      throw e;
    }
    if (parsed.statement() instanceof Explain e) {
      // What is explained is shown and never carried out.
      parsed = new ParsedStatement(Secrets.without(e), parsed.output(), parsed.end());
    }
    return start(engine, session, request, parsed, whileWaiting);
  }

  private static LocalQuery start(
      LocalEngine engine,
      LocalSession session,
      QueryRequest request,
      ParsedStatement parsed,
      Runnable whileWaiting) {
    if (parsed.statement() instanceof ExecuteAs e && e.statement() instanceof Statement inner) {
      LocalSession as = impersonated(session, e);
      if (as != null) {
        LocalQuery query =
            start(
                engine,
                as,
                request,
                new ParsedStatement(inner, parsed.output(), parsed.end()),
                whileWaiting);
        query.closesWithIt(as);
        return query;
      }
    }
    var query = new LocalQuery(engine, session, request, parsed);
    query.start(whileWaiting);
    return query;
  }

  /** Null when it may not be, which the statement says itself when it is run. */
  private static @Nullable LocalSession impersonated(LocalSession session, ExecuteAs e) {
    try {
      return session.as(e.user().fullName());
    } catch (LonghouseException refused) {
      return null;
    }
  }

  /** The means of a statement for work of the engine's own. */
  static LocalStatement internal(LocalEngine engine, LocalSession session) {
    QueryRequest request = QueryRequest.of("SELECT 1");
    var query = new LocalQuery(engine, session, request, RequestSettings.parse(session, request));
    var statement = new LocalStatement(engine, session, query, query.claim()::close);
    query.context().provide(StatementContext.class, statement);
    return statement;
  }
}
