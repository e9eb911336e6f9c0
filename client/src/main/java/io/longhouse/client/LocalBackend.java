package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ByteText;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;
import io.longhouse.wire.Version;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine in this process. */
final class LocalBackend implements Backend {
  private static final long NEXT_TIMEOUT_MS = 100;

  private final Engine engine;
  private final Session session;
  private volatile @Nullable RunningQuery running;

  LocalBackend(EngineConfig config) {
    this.engine = Engine.open(config);
    this.session = engine.login("default", "", ClientInfo.local());
  }

  Session session() {
    return session;
  }

  @Override
  public void run(Request request, Receiver receiver) {
    InputStream data = request.data();
    var query =
        new QueryRequest(
            ByteText.encode(request.sql()),
            request.queryId(),
            request.settings(),
            request.parameters(),
            data == null ? InputStream.nullInputStream() : data,
            request.outputFormat(),
            List.of());
    try (RunningQuery q = session.start(query)) {
      running = q;
      take(q, receiver);
    } finally {
      running = null;
    }
  }

  private static void take(RunningQuery q, Receiver receiver) {
    boolean hasResult = q.header().size() > 0;
    if (hasResult) {
      receiver.begin(q.header(), q.formatSettings());
    }
    Progress.Snapshot before = new Progress.Snapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    while (!q.isFinished()) {
      Block block = q.next(NEXT_TIMEOUT_MS);
      if (block != null && hasResult) {
        receiver.rows(block);
      }
      before = report(q, before, receiver);
    }
    report(q, before, receiver);
    Block totals = q.totals();
    if (totals != null) {
      receiver.totals(new NamedBlock(q.header(), totals));
    }
    Block extremes = q.extremes();
    if (extremes != null) {
      receiver.extremes(new NamedBlock(q.header(), extremes));
    }
    receiver.rowsBeforeLimit(q.appliedLimit() ? q.rowsBeforeLimit() : -1);
    q.takeLogs().forEach(l -> receiver.log(l.source() + ": " + l.text()));
  }

  private static Progress.Snapshot report(
      RunningQuery q, Progress.Snapshot before, Receiver receiver) {
    Progress.Snapshot now = q.progress();
    receiver.progress(
        new ProgressPacket(
            now.readRows() - before.readRows(),
            now.readBytes() - before.readBytes(),
            now.totalRowsToRead() - before.totalRowsToRead(),
            0,
            now.writtenRows() - before.writtenRows(),
            now.writtenBytes() - before.writtenBytes(),
            now.elapsedNs() - before.elapsedNs()));
    receiver.memory(now.memoryUsage(), now.peakMemoryUsage());
    return now;
  }

  @Override
  public void cancel() {
    RunningQuery q = running;
    if (q != null) {
      q.cancel();
    }
  }

  @Override
  public String description() {
    return "Longhouse local, version " + Version.TEXT;
  }

  @Override
  public String serverVersion() {
    return "";
  }

  @Override
  public String database() {
    return session.database();
  }

  @Override
  public ZoneId zone(Map<String, String> settings) {
    String own = session.settings().text("session_timezone");
    String zone = settings.getOrDefault("session_timezone", own);
    return zone.isEmpty() ? TimeZones.server() : TimeZones.of(zone);
  }

  @Override
  public void close() {
    session.close();
    engine.close();
  }
}
