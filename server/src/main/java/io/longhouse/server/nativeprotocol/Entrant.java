package io.longhouse.server.nativeprotocol;

import io.longhouse.engine.session.Session;

/** Who a handshake let in. */
sealed interface Entrant {
  /** Somebody with a login of their own. */
  record User(Session session) implements Entrant {}

  /** A server of a cluster with a secret, which has yet to prove that it knows it. */
  record Server(Interserver peer) implements Entrant {}
}
