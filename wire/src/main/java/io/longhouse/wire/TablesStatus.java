package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a server says of its tables when another one asks before it sends a query. */
public final class TablesStatus {
  /** A table by name; an empty database is the session's. */
  public record Name(String database, String table) {}

  /**
   * A table that is there.
   *
   * @param delaySec how far a replica is behind
   * @param readOnly whether a replica takes no rows now
   */
  public record Status(Name name, boolean replicated, long delaySec, boolean readOnly) {}

  private TablesStatus() {}

  /**
   * @param proof of the cluster's secret; empty without one
   */
  public static void writeRequest(int peer, List<Name> tables, byte[] proof, ByteWriter out) {
    if (peer >= Revision.SECRET_IN_TABLES_STATUS && proof.length > 0) {
      out.writeString(proof);
    }
    out.writeVarUInt(tables.size());
    for (Name n : tables) {
      out.writeString(n.database());
      out.writeString(n.table());
    }
  }

  /** What a proof of a question is made over, whatever the order of its tables. */
  public static byte[] digest(List<Name> tables) {
    List<byte[]> entries = new ArrayList<>();
    for (Name n : tables) {
      var entry = new ByteWriter(64);
      entry.writeString(n.database());
      entry.writeString(n.table());
      entries.add(entry.toByteArray());
    }
    entries.sort(Arrays::compareUnsigned);
    var all = new ByteWriter(256);
    for (byte[] e : entries) {
      all.writeBytes(e, 0, e.length);
    }
    return all.toByteArray();
  }

  public static List<Name> readRequest(ByteReader in) {
    int n = in.readLength(Limits.ITEMS, "number of tables");
    List<Name> tables = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      tables.add(new Name(in.readText(Limits.NAME_BYTES), in.readText(Limits.NAME_BYTES)));
    }
    return tables;
  }

  public static void writeResponse(int peer, List<Status> tables, ByteWriter out) {
    out.writeVarUInt(tables.size());
    for (Status s : tables) {
      out.writeString(s.name().database());
      out.writeString(s.name().table());
      out.writeByte(s.replicated() ? 1 : 0);
      if (s.replicated()) {
        out.writeVarUInt(s.delaySec());
        if (peer >= Revision.READ_ONLY_IN_TABLES_STATUS) {
          out.writeVarUInt(s.readOnly() ? 1 : 0);
        }
      }
    }
  }

  public static List<Status> readResponse(int peer, ByteReader in) {
    int n = in.readLength(Limits.ITEMS, "number of tables");
    List<Status> tables = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Name name = new Name(in.readText(Limits.NAME_BYTES), in.readText(Limits.NAME_BYTES));
      boolean replicated = in.readByte() != 0;
      long delay = replicated ? in.readVarUInt() : 0;
      boolean knows = replicated && peer >= Revision.READ_ONLY_IN_TABLES_STATUS;
      tables.add(new Status(name, replicated, delay, knows && in.readVarUInt() != 0));
    }
    return tables;
  }
}
