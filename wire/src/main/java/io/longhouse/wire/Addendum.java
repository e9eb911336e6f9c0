package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;

/** What a client adds after the server's hello; {@code chunked} or {@code notchunked} each. */
public record Addendum(String quotaKey, boolean clientSendsChunks, boolean serverSendsChunks) {
  private static final int PARALLEL_REPLICAS_VERSION = 8;

  public void write(int server, ByteWriter out) {
    out.writeString(quotaKey);
    if (server >= Revision.CHUNKED_PACKETS) {
      out.writeString(clientSendsChunks ? "chunked" : "notchunked");
      out.writeString(serverSendsChunks ? "chunked" : "notchunked");
    }
    if (server >= Revision.VERSIONED_PARALLEL_REPLICAS) {
      out.writeVarUInt(PARALLEL_REPLICAS_VERSION);
    }
  }

  public static Addendum read(int client, ByteReader in) {
    String quotaKey = in.readText(Limits.NAME_BYTES);
    boolean sends = false;
    boolean receives = false;
    if (client >= Revision.CHUNKED_PACKETS) {
      sends = in.readText(Limits.NAME_BYTES).equals("chunked");
      receives = in.readText(Limits.NAME_BYTES).equals("chunked");
    }
    if (client >= Revision.VERSIONED_PARALLEL_REPLICAS) {
      in.readVarUInt();
    }
    return new Addendum(quotaKey, sends, receives);
  }
}
