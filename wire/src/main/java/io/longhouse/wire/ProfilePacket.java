package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;

/**
 * How large the result was.
 *
 * @param rowsBeforeLimit meaningful when a limit was applied
 */
public record ProfilePacket(
    long rows, long blocks, long bytes, boolean appliedLimit, long rowsBeforeLimit) {
  public void write(int revision, ByteWriter out) {
    out.writeVarUInt(rows);
    out.writeVarUInt(blocks);
    out.writeVarUInt(bytes);
    out.writeByte(appliedLimit ? 1 : 0);
    out.writeVarUInt(rowsBeforeLimit);
    out.writeByte(1);
    if (revision >= Revision.ROWS_BEFORE_AGGREGATION) {
      out.writeByte(0);
      out.writeVarUInt(0);
    }
  }

  public static ProfilePacket read(int revision, ByteReader in) {
    long rows = in.readVarUInt();
    long blocks = in.readVarUInt();
    long bytes = in.readVarUInt();
    boolean limit = in.readByte() != 0;
    long before = in.readVarUInt();
    in.readByte();
    if (revision >= Revision.ROWS_BEFORE_AGGREGATION) {
      in.readByte();
      in.readVarUInt();
    }
    return new ProfilePacket(rows, blocks, bytes, limit, before);
  }
}
