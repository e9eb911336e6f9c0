package io.longhouse.server.nativeprotocol;

import io.longhouse.column.ByteReader;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Limits;
import io.longhouse.wire.QueryOrigin;
import io.longhouse.wire.Revision;
import io.longhouse.wire.SettingsForm;
import java.util.Map;

/**
 * A Query packet.
 *
 * @param compressed whether blocks are, in both directions
 */
record QueryPacket(
    String queryId,
    QueryOrigin origin,
    Map<String, String> settings,
    int stage,
    boolean compressed,
    byte[] sql,
    Map<String, String> parameters) {
  /** The only stage that a client asks for: the finished result. */
  static final int COMPLETE = 2;

  static QueryPacket read(Peer peer) {
    ByteReader in = peer.plain();
    int r = peer.revision();
    String id = in.readText(Limits.NAME_BYTES);
    QueryOrigin origin = QueryOrigin.read(r, in);
    Map<String, String> settings =
        r >= Revision.SETTINGS_AS_STRINGS ? SettingsForm.read(in) : SettingsForm.readOld(in);
    if (r >= Revision.EXTERNAL_ROLES) {
      in.readText(Limits.NAME_BYTES);
    }
    if (r >= Revision.INTERSERVER_SECRET) {
      in.readText(Limits.NAME_BYTES);
    }
    int stage = in.readLength(Limits.ITEMS, "stage");
    long compression = in.readVarUInt();
    if (compression < 0 || compression > 1) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Unknown compression " + Long.toUnsignedString(compression));
    }
    byte[] sql = in.readString(Limits.TEXT_BYTES);
    Map<String, String> parameters =
        r >= Revision.PARAMETERS ? SettingsForm.readParameters(in) : Map.of();
    return new QueryPacket(id, origin, settings, stage, compression == 1, sql, parameters);
  }
}
