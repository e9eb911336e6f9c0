package io.longhouse.server.http;

import io.longhouse.engine.session.Progress;

/** Progress as the fields X-ClickHouse-Progress and X-ClickHouse-Summary carry it. */
final class Summary {
  private Summary() {}

  static String json(Progress.Snapshot p) {
    var out = new StringBuilder(256).append('{');
    add(out, "read_rows", p.readRows());
    add(out, "read_bytes", p.readBytes());
    add(out, "written_rows", p.writtenRows());
    add(out, "written_bytes", p.writtenBytes());
    add(out, "total_rows_to_read", p.totalRowsToRead());
    add(out, "result_rows", p.resultRows());
    add(out, "result_bytes", p.resultBytes());
    add(out, "elapsed_ns", p.elapsedNs());
    add(out, "memory_usage", p.memoryUsage());
    return out.append('}').toString();
  }

  private static void add(StringBuilder out, String name, long value) {
    out.append(out.length() == 1 ? "\"" : ",\"")
        .append(name)
        .append("\":\"")
        .append(value)
        .append('"');
  }
}
