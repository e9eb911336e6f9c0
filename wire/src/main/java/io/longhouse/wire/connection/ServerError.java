package io.longhouse.wire.connection;

import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Failure;

/** What a server answered with; says which server it was, as ClickHouse's client does. */
public final class ServerError extends LonghouseException {
  private static final long serialVersionUID = 1L;

  private final int number;

  public ServerError(Failure failure, Endpoint from) {
    super(
        failure.errorCode(),
        "Received from " + from.address() + ". DB::Exception: " + failure.message());
    this.number = failure.code();
  }

  /** The code as it came; newer servers have codes that are unknown here. */
  public int number() {
    return number;
  }
}
