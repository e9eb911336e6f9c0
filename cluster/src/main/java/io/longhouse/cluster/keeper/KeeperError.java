package io.longhouse.cluster.keeper;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** What Keeper said no to, or why it could not be asked. */
public final class KeeperError extends LonghouseException {
  private static final long serialVersionUID = 1L;

  /** Why, in so far as callers decide by it; with ClickHouse's words. */
  public enum Reason {
    NO_NODE("No node"),
    NODE_EXISTS("Node exists"),
    BAD_VERSION("Bad version"),
    NOT_EMPTY("Not empty"),
    NO_CHILDREN_FOR_EPHEMERALS("No children for ephemerals"),
    NO_AUTH("Not authenticated"),
    AUTH_FAILED("Client authentication failed"),
    BAD_ARGUMENTS("Bad arguments"),
    READ_ONLY("State-changing request is passed to read-only server"),
    SESSION_EXPIRED("Session expired"),
    CONNECTION_LOSS("Connection loss"),
    TIMEOUT("Operation timeout"),
    OTHER("System error");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** ClickHouse's words for it. */
    public String text() {
      return text;
    }

    /** Whether it is the connection's: a write may have been made all the same. */
    public boolean isConnection() {
      return this == SESSION_EXPIRED || this == CONNECTION_LOSS || this == TIMEOUT;
    }
  }

  private final Reason reason;

  public KeeperError(Reason reason, String message) {
    super(ErrorCode.KEEPER_EXCEPTION, "Coordination::Exception: " + message);
    this.reason = reason;
  }

  static KeeperError of(Reason reason, String path) {
    return new KeeperError(reason, reason.text() + ", path " + path);
  }

  public Reason reason() {
    return reason;
  }

  /** Whether it is the connection's: a write may have been made all the same. */
  public boolean isConnection() {
    return reason.isConnection();
  }
}
