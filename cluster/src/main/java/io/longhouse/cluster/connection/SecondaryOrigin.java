package io.longhouse.cluster.connection;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.wire.QueryOrigin;

/** How a query introduces itself to the servers that it is sent to. */
public final class SecondaryOrigin {
  private SecondaryOrigin() {}

  public static QueryOrigin of(QueryContext context) {
    long micros = context.queryStart().toEpochMilli() * 1000;
    var initial =
        new QueryOrigin.Initial(context.currentUser(), context.queryId(), "0.0.0.0:0", micros);
    String host = System.getenv("HOSTNAME");
    return new QueryOrigin(
        QueryOrigin.SECONDARY,
        initial,
        QueryOrigin.ours("", host == null ? "" : host, "ClickHouse server"),
        "",
        1);
  }
}
