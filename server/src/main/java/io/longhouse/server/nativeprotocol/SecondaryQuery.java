package io.longhouse.server.nativeprotocol;

import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.InitialQuery;
import io.longhouse.wire.QueryOrigin;
import org.jspecify.annotations.Nullable;

/** The client's query behind one that another server sends. */
final class SecondaryQuery {
  private static final String NOWHERE = "0.0.0.0:0";

  private SecondaryQuery() {}

  /**
   * Null when it is the client's own.
   *
   * @param sender address and port of who asks here
   * @param trusted whether that has proved to belong to a cluster
   */
  static @Nullable InitialQuery of(QueryOrigin origin, String sender, boolean trusted) {
    if (origin.kind() != QueryOrigin.SECONDARY) {
      return null;
    }
    QueryOrigin.Initial i = origin.initial();
    return new InitialQuery(
        true,
        trusted,
        i.user(),
        i.queryId(),
        i.address().matches("[0-9a-fA-F.:\\[\\]]{1,60}:\\d{1,5}") ? i.address() : NOWHERE,
        i.startMicros(),
        origin.depth(),
        client(origin, sender));
  }

  private static ClientInfo client(QueryOrigin origin, String sender) {
    return switch (origin.program()) {
      case QueryOrigin.Tcp t ->
          new ClientInfo(
              ClientInfo.Protocol.TCP,
              sender,
              t.name(),
              t.hostName(),
              t.osUser(),
              t.major(),
              t.minor(),
              t.patch(),
              t.revision(),
              "",
              origin.quotaKey(),
              "");
      case QueryOrigin.Http h -> other(ClientInfo.Protocol.HTTP, h.userAgent(), origin, sender);
      case QueryOrigin.Other _ -> other(ClientInfo.Protocol.LOCAL, "", origin, sender);
    };
  }

  private static ClientInfo other(
      ClientInfo.Protocol protocol, String agent, QueryOrigin origin, String sender) {
    return new ClientInfo(protocol, sender, "", "", "", 0, 0, 0, 0, agent, origin.quotaKey(), "");
  }
}
