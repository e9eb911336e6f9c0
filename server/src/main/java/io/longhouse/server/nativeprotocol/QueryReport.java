package io.longhouse.server.nativeprotocol;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataTypes;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.sql.ByteText;
import io.longhouse.wire.ProgressPacket;
import io.longhouse.wire.Revision;
import io.longhouse.wire.ServerPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** What is told of a query beside its result: progress, profile events, log lines. */
final class QueryReport {
  private static final String HOST = hostName();
  private static final byte INCREMENT = 1;
  private static final byte GAUGE = 2;

  private record Event(
      String host, long micros, long threadId, byte type, String name, long value) {}

  private final Peer peer;
  private final RunningQuery query;
  private Progress.Snapshot sent = new Progress.Snapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  private final Map<String, Long> sentEvents = new HashMap<>();

  QueryReport(Peer peer, RunningQuery query) {
    this.peer = peer;
    this.query = query;
  }

  private static String hostName() {
    String name = System.getenv("HOSTNAME");
    return name == null ? "localhost" : name;
  }

  /** What was done since the last time. */
  void progress() {
    Progress.Snapshot now = query.progress();
    Progress.Snapshot before = sent;
    sent = now;
    peer.out().plain().writeVarUInt(ServerPacket.PROGRESS);
    new ProgressPacket(
            now.readRows() - before.readRows(),
            now.readBytes() - before.readBytes(),
            Math.max(0, now.totalRowsToRead() - before.totalRowsToRead()),
            0,
            now.writtenRows() - before.writtenRows(),
            now.writtenBytes() - before.writtenBytes(),
            Math.max(0, now.elapsedNs() - before.elapsedNs()))
        .write(peer.revision(), peer.out().plain());
    peer.out().endPacket();
  }

  /** Profile events that have grown since the last time; memory as a gauge. */
  void events() {
    if (peer.revision() < Revision.PROFILE_EVENTS) {
      return;
    }
    List<Event> events = new ArrayList<>();
    query
        .profileEvents()
        .forEach((name, value) -> {
          long grown = value - sentEvents.getOrDefault(name, 0L);
          if (grown != 0) {
            events.add(own(INCREMENT, name, grown));
            sentEvents.put(name, value);
          }
        });
    Progress.Snapshot p = query.progress();
    events.add(own(GAUGE, "MemoryTrackerUsage", p.memoryUsage()));
    events.add(own(GAUGE, "MemoryTrackerPeakUsage", p.peakMemoryUsage()));
    for (RunningQuery.RemoteEvent e : query.takeRemoteEvents()) {
      events.add(
          new Event(
              e.host(),
              e.timeSec() * 1_000_000,
              e.threadId(),
              e.gauge() ? GAUGE : INCREMENT,
              e.name(),
              e.value()));
    }
    int n = events.size();
    byte[] types = new byte[n];
    long[] values = new long[n];
    long[] threads = new long[n];
    for (int i = 0; i < n; i++) {
      types[i] = events.get(i).type();
      threads[i] = events.get(i).threadId();
      values[i] = events.get(i).value();
    }
    send(
        ServerPacket.PROFILE_EVENTS,
        EventHeader.HEADER,
        List.of(
            strings(events.stream().map(Event::host).toList()),
            seconds(events.stream().map(Event::micros).toList()),
            new Int64Column(threads, n),
            new Int8Column(types, n),
            strings(events.stream().map(Event::name).toList()),
            new Int64Column(values, n)),
        n);
  }

  private static Event own(byte type, String name, long value) {
    return new Event(HOST, System.currentTimeMillis() * 1000, 0, type, name, value);
  }

  /** The query's log lines since the last time. */
  void logs() {
    if (peer.revision() < Revision.SERVER_LOGS) {
      return;
    }
    List<RunningQuery.LogLine> lines = query.takeLogs();
    int n = lines.size();
    if (n == 0) {
      return;
    }
    int[] micros = new int[n];
    byte[] priorities = new byte[n];
    for (int i = 0; i < n; i++) {
      micros[i] = (int) (lines.get(i).timeMicros() % 1_000_000);
      priorities[i] = (byte) lines.get(i).priority();
    }
    send(
        ServerPacket.LOG,
        hasThreadNumbers() ? LogHeader.WITH_THREAD_NUMBERS : LogHeader.HEADER,
        List.of(
            seconds(lines.stream().map(RunningQuery.LogLine::timeMicros).toList()),
            new Int32Column(micros, n),
            strings(lines.stream().map(l -> l.host().isEmpty() ? HOST : l.host()).toList()),
            strings(
                lines.stream()
                    .map(l -> l.queryId().isEmpty() ? query.queryId() : l.queryId())
                    .toList()),
            threads(lines),
            new Int8Column(priorities, n),
            strings(lines.stream().map(RunningQuery.LogLine::source).toList()),
            strings(lines.stream().map(RunningQuery.LogLine::text).toList())),
        n);
  }

  /** Whether the client knows threads by a number of 32 bits and another column's name. */
  private boolean hasThreadNumbers() {
    return peer.revision() < Revision.THREAD_IDS;
  }

  private Column threads(List<RunningQuery.LogLine> lines) {
    long[] ids = lines.stream().mapToLong(RunningQuery.LogLine::threadId).toArray();
    if (!hasThreadNumbers()) {
      return new Int64Column(ids, ids.length);
    }
    return Int32Column.of(LongStream.of(ids).mapToInt(i -> (int) i).toArray());
  }

  private void send(int type, Header header, List<Column> columns, int rows) {
    Block block = new Block(columns, rows);
    peer.out().plain().writeVarUInt(type);
    peer.out().plain().writeString("");
    if (peer.revision() >= Revision.COMPRESSED_LOGS) {
      peer.out().block(header, block, peer.revision());
    } else {
      peer.out().plainBlock(header, block, peer.revision());
    }
    peer.out().endPacket();
  }

  private static Column strings(List<String> values) {
    var b = new StringColumn.Builder(values.size());
    values.forEach(v -> b.add(ByteText.encode(v)));
    return b.build();
  }

  private static Column seconds(List<Long> micros) {
    int[] out = new int[micros.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) (micros.get(i) / 1_000_000);
    }
    return new Int32Column(out, out.length);
  }

  private static Header.Field field(String name, String type) {
    return new Header.Field(name, DataTypes.parse(type));
  }

  private static final class EventHeader {
    static final Header HEADER =
        new Header(
            List.of(
                field("host_name", "String"),
                field("current_time", "DateTime"),
                field("thread_id", "UInt64"),
                field("type", "Enum8('increment' = 1, 'gauge' = 2)"),
                field("name", "String"),
                field("value", "Int64")));
  }

  private static final class LogHeader {
    static final Header HEADER = with(field("thread_id", "UInt64"));
    static final Header WITH_THREAD_NUMBERS = with(field("thread_number", "UInt32"));

    private static Header with(Header.Field thread) {
      return new Header(
          List.of(
              field("event_time", "DateTime"),
              field("event_time_microseconds", "UInt32"),
              field("host_name", "String"),
              field("query_id", "String"),
              thread,
              field("priority", "Int8"),
              field("source", "String"),
              field("text", "String")));
    }
  }
}
