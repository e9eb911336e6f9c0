package io.longhouse.cluster.connection;

import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.StringColumn;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.RunningQuery.LogLine;
import io.longhouse.engine.session.RunningQuery.RemoteEvent;
import io.longhouse.sql.ByteText;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;

/** What a shard tells beside its rows, as part of the query that asked. */
final class RemoteReport {
  private static final int GAUGE = 2;

  private RemoteReport() {}

  static void progress(ProgressPacket packet, QueryContext context) {
    Progress p = context.progress();
    p.readRows.add(packet.rows());
    p.readBytes.add(packet.bytes());
    p.totalRowsToRead.add(packet.totalRows());
    p.writtenRows.add(packet.writtenRows());
    p.writtenBytes.add(packet.writtenBytes());
  }

  /** Lines go to the client that asked for them. */
  static void log(NamedBlock block, QueryContext context) {
    boolean old = block.header().indexOf("thread_id") < 0;
    for (int i = 0; i < block.block().rows(); i++) {
      context
          .log()
          .received(
              new LogLine(
                  number(block, "event_time", i) * 1_000_000
                      + number(block, "event_time_microseconds", i),
                  number(block, old ? "thread_number" : "thread_id", i),
                  (int) number(block, "priority", i),
                  text(block, "source", i),
                  text(block, "text", i),
                  text(block, "host_name", i),
                  text(block, "query_id", i)));
    }
  }

  /** Events are the shard's: they are passed on and count for no query here. */
  static void events(NamedBlock block, QueryContext context) {
    for (int i = 0; i < block.block().rows(); i++) {
      context.remoteEvent(
          new RemoteEvent(
              text(block, "host_name", i),
              number(block, "current_time", i),
              number(block, "thread_id", i),
              number(block, "type", i) == GAUGE,
              text(block, "name", i),
              number(block, "value", i)));
    }
  }

  private static Column column(NamedBlock block, String name) {
    Header h = block.header();
    int at = h.indexOf(name);
    return at < 0 ? new StringColumn.Builder(0).build() : block.block().column(at).full();
  }

  private static String text(NamedBlock block, String name, int row) {
    return column(block, name) instanceof StringColumn s && row < s.size()
        ? ByteText.decode(s.get(row))
        : "";
  }

  private static long number(NamedBlock block, String name, int row) {
    return switch (column(block, name)) {
      case Int8Column c -> c.values()[row];
      case Int32Column c -> Integer.toUnsignedLong(c.values()[row]);
      case Int64Column c -> c.values()[row];
      default -> 0;
    };
  }
}
