package io.longhouse.cluster.connection;

import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.SessionUser;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.InitialQuery;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.QueryOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a query introduces itself to the servers that it is sent to: by the client's query. */
public final class SecondaryOrigin {
  private static final int HTTP_POST = 2;

  private SecondaryOrigin() {}

  /**
   * @throws LonghouseException TOO_LARGE_DISTRIBUTED_DEPTH (581)
   */
  public static QueryOrigin of(QueryContext context) {
    InitialQuery initial = context.require(InitialQuery.class);
    int depth = initial.depth() + 1;
    long max = context.settings().number("max_distributed_depth");
    if (max > 0 && depth > max) {
      throw new LonghouseException(
          ErrorCode.TOO_LARGE_DISTRIBUTED_DEPTH, "Maximum distributed depth exceeded");
    }
    return new QueryOrigin(
        QueryOrigin.SECONDARY,
        new QueryOrigin.Initial(
            initial.user(), initial.queryId(), initial.address(), initial.startMicros()),
        program(initial.client()),
        initial.client().quotaKey(),
        depth,
        roles(context));
  }

  /** By name those in force; null for the server's own work, which is nobody's. */
  private static @Nullable List<String> roles(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    return context.service(SessionUser.class) == null ? null : access.names(access.currentRoles());
  }

  private static QueryOrigin.Program program(ClientInfo client) {
    return switch (client.protocol()) {
      case TCP, LOCAL ->
          new QueryOrigin.Tcp(
              client.osUser(),
              client.clientHostname(),
              client.clientName(),
              client.versionMajor(),
              client.versionMinor(),
              client.versionPatch(),
              client.tcpRevision());
      case HTTP -> new QueryOrigin.Http(HTTP_POST, client.httpUserAgent(), "", "");
    };
  }
}
