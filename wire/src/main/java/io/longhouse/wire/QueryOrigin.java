package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a query comes from: "client info" in ClickHouse's words.
 *
 * @param initial what the query was where it began; empty texts unless {@code kind} is 2
 * @param program with what somebody asked for it
 * @param depth how many servers it went through
 * @param roles those in force for who asked first, by name; null when nothing is said of them
 */
public record QueryOrigin(
    int kind,
    Initial initial,
    Program program,
    String quotaKey,
    int depth,
    @Nullable List<String> roles) {
  public static final int UNKNOWN = 0;

  /** Of a client. */
  public static final int FIRST = 1;

  /** Of a server, on behalf of a query that began elsewhere. */
  public static final int SECONDARY = 2;

  private static final int TCP = 1;
  private static final int HTTP = 2;
  private static final int DEPTH_MAX = 1_000_000;

  /**
   * The query of a client that all others come from.
   *
   * @param address of the client, {@code host:port}
   * @param startMicros since 1970
   */
  public record Initial(String user, String queryId, String address, long startMicros) {
    public static final Initial NONE = new Initial("", "", "0.0.0.0:0", 0);
  }

  /** What somebody used. */
  public sealed interface Program {}

  /** A client of the native protocol. */
  public record Tcp(
      String osUser, String hostName, String name, int major, int minor, int patch, int revision)
      implements Program {}

  /**
   * Something that speaks HTTP.
   *
   * @param method 1 GET, 2 POST
   */
  public record Http(int method, String userAgent, String forwardedFor, String referer)
      implements Program {}

  /**
   * Something else.
   *
   * @param number of the interface: 3 gRPC, 4 MySQL, 6 local, 7 between servers ...
   */
  public record Other(int number) implements Program {}

  /** A query of a client of ours. */
  public static QueryOrigin ofClient(
      String osUser, String hostName, String clientName, String quotaKey) {
    return new QueryOrigin(
        FIRST, Initial.NONE, ours(osUser, hostName, clientName), quotaKey, 0, null);
  }

  /** A program of this version. */
  public static Tcp ours(String osUser, String hostName, String name) {
    return new Tcp(
        osUser, hostName, name, Version.MAJOR, Version.MINOR, Version.PATCH, Revision.OURS);
  }

  public void write(int peer, ByteWriter out) {
    out.writeByte(kind);
    if (kind == UNKNOWN) {
      return;
    }
    out.writeString(initial.user());
    out.writeString(initial.queryId());
    out.writeString(initial.address());
    if (peer >= Revision.INITIAL_QUERY_START_TIME) {
      out.writeLong(initial.startMicros());
    }
    switch (program) {
      case Tcp t -> {
        out.writeByte(TCP);
        out.writeString(t.osUser());
        out.writeString(t.hostName());
        out.writeString(t.name());
        out.writeVarUInt(t.major());
        out.writeVarUInt(t.minor());
        out.writeVarUInt(t.revision());
      }
      case Http h -> {
        out.writeByte(HTTP);
        out.writeByte(h.method());
        out.writeString(h.userAgent());
        if (peer >= Revision.X_FORWARDED_FOR) {
          out.writeString(h.forwardedFor());
        }
        if (peer >= Revision.REFERER) {
          out.writeString(h.referer());
        }
      }
      case Other o -> out.writeByte(o.number());
    }
    if (peer >= Revision.QUOTA_KEY_IN_CLIENT_INFO) {
      out.writeString(quotaKey);
    }
    if (peer >= Revision.DISTRIBUTED_DEPTH) {
      out.writeVarUInt(depth);
    }
    if (peer >= Revision.VERSION_PATCH && program instanceof Tcp t) {
      out.writeVarUInt(t.patch());
    }
    writeRest(peer, out);
    writeRoles(peer, out);
  }

  private static void writeRest(int peer, ByteWriter out) {
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
  }

  /** The roles as they are written; nothing when nothing is said of them. */
  public byte[] rolesForm(int peer) {
    List<String> named = roles;
    if (named == null || peer < Revision.CURRENT_ROLES) {
      return new byte[0];
    }
    var out = new ByteWriter(64);
    out.writeVarUInt(named.size());
    named.forEach(out::writeString);
    return out.toByteArray();
  }

  private void writeRoles(int peer, ByteWriter out) {
    if (peer >= Revision.CURRENT_ROLES) {
      out.writeByte(roles == null ? 0 : 1);
      byte[] form = rolesForm(peer);
      out.writeBytes(form, 0, form.length);
    }
  }

  public static QueryOrigin read(int peer, ByteReader in) {
    int kind = in.readUnsignedByte();
    if (kind == UNKNOWN) {
      return new QueryOrigin(UNKNOWN, Initial.NONE, new Other(0), "", 0, null);
    }
    if (kind > SECONDARY) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA,
          "Unknown kind of query " + kind + " in the client's description");
    }
    String user = text(in);
    String queryId = text(in);
    String address = text(in);
    long start = peer >= Revision.INITIAL_QUERY_START_TIME ? in.readLong() : 0;
    Program program = readProgram(peer, in);
    String quotaKey = peer >= Revision.QUOTA_KEY_IN_CLIENT_INFO ? text(in) : "";
    int depth =
        peer >= Revision.DISTRIBUTED_DEPTH ? in.readLength(DEPTH_MAX, "distributed depth") : 0;
    if (peer >= Revision.VERSION_PATCH && program instanceof Tcp t) {
      program =
          new Tcp(
              t.osUser(), t.hostName(), t.name(), t.major(), t.minor(), number(in), t.revision());
    }
    readRest(peer, in);
    List<String> roles = readRoles(peer, in);
    return new QueryOrigin(
        kind, new Initial(user, queryId, address, start), program, quotaKey, depth, roles);
  }

  private static Program readProgram(int peer, ByteReader in) {
    int by = in.readUnsignedByte();
    if (by == TCP) {
      return new Tcp(text(in), text(in), text(in), number(in), number(in), 0, number(in));
    }
    if (by == HTTP) {
      int method = in.readUnsignedByte();
      String agent = text(in);
      String forwarded = peer >= Revision.X_FORWARDED_FOR ? text(in) : "";
      return new Http(method, agent, forwarded, peer >= Revision.REFERER ? text(in) : "");
    }
    return new Other(by);
  }

  private static void readRest(int peer, ByteReader in) {
    if (peer >= Revision.OPENTELEMETRY && in.readByte() != 0) {
      in.skip(24);
      text(in);
      in.readByte();
    }
    if (peer >= Revision.PARALLEL_REPLICAS) {
      if (in.readVarUInt() != 0) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Reading by tasks of a coordinator (parallel_replicas_mode = 'read_tasks') is not"
                + " implemented");
      }
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
  }

  private static @Nullable List<String> readRoles(int peer, ByteReader in) {
    if (peer < Revision.CURRENT_ROLES || in.readByte() == 0) {
      return null;
    }
    int n = in.readLength(Limits.ITEMS, "number of roles");
    List<String> roles = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      roles.add(text(in));
    }
    return roles;
  }

  private static String text(ByteReader in) {
    return in.readText(Limits.NAME_BYTES);
  }

  private static int number(ByteReader in) {
    return in.readLength(Integer.MAX_VALUE, "number in the client's description");
  }
}
