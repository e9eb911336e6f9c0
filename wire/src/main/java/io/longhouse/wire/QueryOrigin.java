package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * Where a query comes from: "client info" in ClickHouse's words.
 *
 * @param kind 0 unknown, 1 the first server, 2 on behalf of another server
 */
public record QueryOrigin(
    int kind,
    String initialUser,
    String initialQueryId,
    String initialAddress,
    String osUser,
    String hostName,
    String clientName,
    int major,
    int minor,
    int patch,
    int revision,
    String quotaKey) {
  private static final int TCP = 1;
  private static final int HTTP = 2;

  /** A query of a client of ours. */
  public static QueryOrigin ofClient(
      String osUser, String hostName, String clientName, String quotaKey) {
    return new QueryOrigin(
        1,
        "",
        "",
        "0.0.0.0:0",
        osUser,
        hostName,
        clientName,
        Version.MAJOR,
        Version.MINOR,
        Version.PATCH,
        Revision.OURS,
        quotaKey);
  }

  public void write(int peer, ByteWriter out) {
    out.writeByte(kind);
    out.writeString(initialUser);
    out.writeString(initialQueryId);
    out.writeString(initialAddress);
    if (peer >= Revision.INITIAL_QUERY_START_TIME) {
      out.writeLong(0);
    }
    out.writeByte(TCP);
    out.writeString(osUser);
    out.writeString(hostName);
    out.writeString(clientName);
    out.writeVarUInt(major);
    out.writeVarUInt(minor);
    out.writeVarUInt(revision);
    if (peer >= Revision.QUOTA_KEY_IN_CLIENT_INFO) {
      out.writeString(quotaKey);
    }
    if (peer >= Revision.DISTRIBUTED_DEPTH) {
      out.writeVarUInt(0);
    }
    if (peer >= Revision.VERSION_PATCH) {
      out.writeVarUInt(patch);
    }
    if (peer >= Revision.OPENTELEMETRY) {
      out.writeByte(0);
    }
    if (peer >= Revision.PARALLEL_REPLICAS) {
      out.writeVarUInt(0);
      out.writeVarUInt(0);
      out.writeVarUInt(0);
    }
    if (peer >= Revision.QUERY_AND_LINE_NUMBERS) {
      out.writeVarUInt(0);
      out.writeVarUInt(0);
    }
    if (peer >= Revision.JWT) {
      out.writeByte(0);
    }
    if (peer >= Revision.CLIENT_AGENT) {
      out.writeString("");
    }
    if (peer >= Revision.INTERNAL_QUERY) {
      out.writeByte(0);
    }
    if (peer >= Revision.CURRENT_ROLES) {
      out.writeByte(0);
    }
  }

  public static QueryOrigin read(int peer, ByteReader in) {
    int kind = in.readUnsignedByte();
    if (kind == 0) {
      return new QueryOrigin(0, "", "", "", "", "", "", 0, 0, 0, 0, "");
    }
    if (kind > 2) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Unknown kind of query " + kind + " in the client's description");
    }
    String user = text(in);
    String queryId = text(in);
    String address = text(in);
    if (peer >= Revision.INITIAL_QUERY_START_TIME) {
      in.readLong();
    }
    int by = in.readUnsignedByte();
    String osUser = "";
    String host = "";
    String name = "";
    int major = 0;
    int minor = 0;
    int revision = 0;
    if (by == TCP) {
      osUser = text(in);
      host = text(in);
      name = text(in);
      major = number(in);
      minor = number(in);
      revision = number(in);
    } else if (by == HTTP) {
      readHttp(peer, in);
    }
    String quotaKey = peer >= Revision.QUOTA_KEY_IN_CLIENT_INFO ? text(in) : "";
    if (peer >= Revision.DISTRIBUTED_DEPTH) {
      in.readVarUInt();
    }
    int patch = by == TCP && peer >= Revision.VERSION_PATCH ? number(in) : 0;
    readRest(peer, in);
    return new QueryOrigin(
        kind, user, queryId, address, osUser, host, name, major, minor, patch, revision, quotaKey);
  }

  private static void readHttp(int peer, ByteReader in) {
    in.readByte();
    text(in);
    if (peer >= Revision.X_FORWARDED_FOR) {
      text(in);
    }
    if (peer >= Revision.REFERER) {
      text(in);
    }
  }

  private static void readRest(int peer, ByteReader in) {
    if (peer >= Revision.OPENTELEMETRY && in.readByte() != 0) {
      in.skip(24);
      text(in);
      in.readByte();
    }
    if (peer >= Revision.PARALLEL_REPLICAS) {
      in.readVarUInt();
      in.readVarUInt();
      in.readVarUInt();
    }
    if (peer >= Revision.QUERY_AND_LINE_NUMBERS) {
      in.readVarUInt();
      in.readVarUInt();
    }
    if (peer >= Revision.JWT && in.readByte() != 0) {
      text(in);
    }
    if (peer >= Revision.CLIENT_AGENT) {
      text(in);
    }
    if (peer >= Revision.INTERNAL_QUERY) {
      in.readByte();
    }
    if (peer >= Revision.CURRENT_ROLES && in.readByte() != 0) {
      int roles = in.readLength(Limits.ITEMS, "number of roles");
      for (int i = 0; i < roles; i++) {
        text(in);
      }
    }
  }

  private static String text(ByteReader in) {
    return in.readText(Limits.NAME_BYTES);
  }

  private static int number(ByteReader in) {
    return in.readLength(Integer.MAX_VALUE, "number in the client's description");
  }
}
