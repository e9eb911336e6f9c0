package io.longhouse.cluster.connection;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.Progress;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ProgressPacket;

/** What a shard tells beside its rows, as part of the query that asked. */
final class RemoteReport {
  private RemoteReport() {}

  static void progress(ProgressPacket packet, QueryContext context) {
    Progress p = context.progress();
    p.readRows.add(packet.rows());
    p.readBytes.add(packet.bytes());
    p.totalRowsToRead.add(packet.totalRows());
    p.writtenRows.add(packet.writtenRows());
    p.writtenBytes.add(packet.writtenBytes());
  }

  static void log(NamedBlock block, QueryContext context) {}

  static void events(NamedBlock block, QueryContext context) {}
}
