package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;

/** What a query has done since the last such packet. */
public record ProgressPacket(
    long rows,
    long bytes,
    long totalRows,
    long totalBytes,
    long writtenRows,
    long writtenBytes,
    long elapsedNs) {
  public void write(int revision, ByteWriter out) {
    out.writeVarUInt(rows);
    out.writeVarUInt(bytes);
    out.writeVarUInt(totalRows);
    if (revision >= Revision.TOTAL_BYTES_IN_PROGRESS) {
      out.writeVarUInt(totalBytes);
    }
    if (revision >= Revision.CLIENT_WRITE_INFO) {
      out.writeVarUInt(writtenRows);
      out.writeVarUInt(writtenBytes);
    }
    if (revision >= Revision.ELAPSED_IN_PROGRESS) {
      out.writeVarUInt(elapsedNs);
    }
  }

  public static ProgressPacket read(int revision, ByteReader in) {
    long rows = in.readVarUInt();
    long bytes = in.readVarUInt();
    long totalRows = in.readVarUInt();
    long totalBytes = revision >= Revision.TOTAL_BYTES_IN_PROGRESS ? in.readVarUInt() : 0;
    boolean written = revision >= Revision.CLIENT_WRITE_INFO;
    long writtenRows = written ? in.readVarUInt() : 0;
    long writtenBytes = written ? in.readVarUInt() : 0;
    long elapsed = revision >= Revision.ELAPSED_IN_PROGRESS ? in.readVarUInt() : 0;
    return new ProgressPacket(
        rows, bytes, totalRows, totalBytes, writtenRows, writtenBytes, elapsed);
  }
}
