package io.longhouse.server.http;

import io.longhouse.engine.session.Engine;
import io.longhouse.engine.table.ReplicaState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code /replicas_status}: whether all replicated tables of the server are near enough to the
 * other replicas to be read, for load balancers.
 */
record ReplicasStatus(Engine engine) {
  /** What {@code min_relative_delay_to_close} is unless a table says otherwise. */
  private static final long RELATIVE_DELAY_SEC_MAX = 300;

  void send(boolean verbose, HttpResponse response) throws IOException {
    boolean ok = true;
    var text = new StringBuilder();
    for (Map.Entry<String, ReplicaState> e : engine.replicas().entrySet()) {
      ReplicaState r = e.getValue();
      long relative = r.relativeDelaySec();
      boolean near = !r.isReadOnly() && relative < RELATIVE_DELAY_SEC_MAX;
      ok &= near;
      if (verbose || !near) {
        text.append(e.getKey())
            .append(":\tAbsolute delay: ")
            .append(r.delaySec())
            .append(". Relative delay: ")
            .append(relative)
            .append('.')
            .append(r.isReadOnly() ? " Is in readonly mode." : "")
            .append('\n');
      }
    }
    byte[] body = ok && !verbose ? Pages.OK : text.toString().getBytes(StandardCharsets.UTF_8);
    response.send(ok ? 200 : 503, "text/plain; charset=UTF-8", body);
  }
}
