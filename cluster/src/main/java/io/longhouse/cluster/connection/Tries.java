package io.longhouse.cluster.connection;

import io.longhouse.cluster.config.Replica;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Failure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was tried to reach a shard, for the error that says that nothing helped. */
final class Tries {
  private static final int SHOWN_MAX = 50;

  private final List<String> lines = new ArrayList<>();
  private @Nullable LonghouseException last;

  void add(Replica replica, LonghouseException e) {
    last = e;
    if (lines.size() < SHOWN_MAX) {
      String said = Failure.of(e).display();
      lines.add(said.contains(replica.address()) ? said : replica.address() + ": " + said);
    }
  }

  LonghouseException failure() {
    var e =
        new LonghouseException(
            ErrorCode.ALL_CONNECTION_TRIES_FAILED,
            "All connection tries failed. Log: \n\n" + String.join("\n", lines) + "\n\n");
    if (last != null) {
      e.initCause(last);
    }
    return e;
  }
}
