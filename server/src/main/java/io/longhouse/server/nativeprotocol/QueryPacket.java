package io.longhouse.server.nativeprotocol;

import io.longhouse.column.ByteReader;
import io.longhouse.engine.plan.QueryStage;
import io.longhouse.engine.plan.ShardQuery;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Limits;
import io.longhouse.wire.QueryOrigin;
import io.longhouse.wire.Revision;
import io.longhouse.wire.SettingsForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Query packet.
 *
 * @param compressed whether blocks are, in both directions
 * @param externalRoles as sent; empty below 54472
 * @param proof of a cluster's secret; empty for none
 */
record QueryPacket(
    String queryId,
    QueryOrigin origin,
    Map<String, String> settings,
    int stage,
    boolean compressed,
    byte[] sql,
    Map<String, String> parameters,
    byte[] externalRoles,
    byte[] proof) {
  /** The revisions from here on have the analyzer unless a setting takes it away. */
  private static final int ANALYZER = Revision.EXTERNAL_ROLES;

  /**
   * What of the query another server asks for; null for the finished result, as clients want it.
   */
  @Nullable ShardQuery shard(int revision) {
    QueryStage wanted = QueryStage.of(stage);
    if (wanted == QueryStage.COMPLETE) {
      return null;
    }
    String said =
        settings.getOrDefault("enable_analyzer", settings.get("allow_experimental_analyzer"));
    return new ShardQuery(wanted, said == null ? revision >= ANALYZER : said.equals("1"));
  }

  static QueryPacket read(Peer peer) {
    ByteReader in = peer.plain();
    int r = peer.revision();
    String id = in.readText(Limits.NAME_BYTES);
    QueryOrigin origin = QueryOrigin.read(r, in);
    Map<String, String> settings =
        r >= Revision.SETTINGS_AS_STRINGS ? SettingsForm.read(in) : SettingsForm.readOld(in);
    byte[] roles = r >= Revision.EXTERNAL_ROLES ? in.readString(Limits.NAME_BYTES) : new byte[0];
    byte[] proof =
        r >= Revision.INTERSERVER_SECRET ? in.readString(Limits.NAME_BYTES) : new byte[0];
    int stage = in.readLength(Limits.ITEMS, "stage");
    long compression = in.readVarUInt();
    if (compression < 0 || compression > 1) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Unknown compression " + Long.toUnsignedString(compression));
    }
    byte[] sql = in.readString(Limits.TEXT_BYTES);
    Map<String, String> parameters =
        r >= Revision.PARAMETERS ? SettingsForm.readParameters(in) : Map.of();
    return new QueryPacket(
        id, origin, settings, stage, compression == 1, sql, parameters, roles, proof);
  }
}
