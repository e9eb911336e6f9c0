package io.longhouse.wire;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import java.util.Map;

/**
 * What a server says of itself when a client has said who it is.
 *
 * @param sendMode how it wants to send packets: {@code chunked}, {@code notchunked}, or either with
 *     {@code _optional}
 * @param receiveMode how it wants to receive them
 * @param nonce what proofs of a cluster's secret have to hold; 0 below 54462
 */
public record ServerHello(
    String name,
    int major,
    int minor,
    int patch,
    int revision,
    String timeZone,
    String displayName,
    String sendMode,
    String receiveMode,
    long nonce) {

  /** 0: this server takes no tasks of a reading that another server coordinates. */
  private static final int PARALLEL_REPLICAS_VERSION = 0;

  private static final int QUERY_PLAN_VERSION = 0;
  private static final int CLUSTER_FUNCTIONS_VERSION = 1;
  private static final int PASSWORD_RULES_MAX = 256;

  /**
   * @param client the client's revision, which tells what it can read
   */
  public void write(int client, ByteWriter out) {
    out.writeVarUInt(ServerPacket.HELLO);
    out.writeString(name);
    out.writeVarUInt(major);
    out.writeVarUInt(minor);
    out.writeVarUInt(revision);
    if (client >= Revision.VERSIONED_PARALLEL_REPLICAS) {
      out.writeVarUInt(PARALLEL_REPLICAS_VERSION);
    }
    if (client >= Revision.SERVER_TIMEZONE) {
      out.writeString(timeZone);
    }
    if (client >= Revision.SERVER_DISPLAY_NAME) {
      out.writeString(displayName);
    }
    if (client >= Revision.VERSION_PATCH) {
      out.writeVarUInt(patch);
    }
    if (client >= Revision.CHUNKED_PACKETS) {
      out.writeString(sendMode);
      out.writeString(receiveMode);
    }
    if (client >= Revision.PASSWORD_RULES) {
      out.writeVarUInt(0);
    }
    if (client >= Revision.NONCE) {
      out.writeLong(nonce);
    }
    if (client >= Revision.SERVER_SETTINGS) {
      SettingsForm.write(Map.of(), 0, out);
    }
    if (client >= Revision.QUERY_PLAN) {
      out.writeVarUInt(QUERY_PLAN_VERSION);
    }
    if (client >= Revision.CLUSTER_FUNCTIONS) {
      out.writeVarUInt(CLUSTER_FUNCTIONS_VERSION);
    }
  }

  /** Reads what follows the packet's number. */
  public static ServerHello read(ByteReader in) {
    String name = in.readText(Limits.NAME_BYTES);
    int major = in.readLength(Integer.MAX_VALUE, "version");
    int minor = in.readLength(Integer.MAX_VALUE, "version");
    int server = in.readLength(Integer.MAX_VALUE, "revision");
    int r = Math.min(server, Revision.OURS);
    if (r >= Revision.VERSIONED_PARALLEL_REPLICAS) {
      in.readVarUInt();
    }
    String zone = r >= Revision.SERVER_TIMEZONE ? in.readText(Limits.NAME_BYTES) : "";
    String display = r >= Revision.SERVER_DISPLAY_NAME ? in.readText(Limits.NAME_BYTES) : "";
    int patch = r >= Revision.VERSION_PATCH ? in.readLength(Integer.MAX_VALUE, "version") : server;
    boolean chunks = r >= Revision.CHUNKED_PACKETS;
    String send = chunks ? in.readText(Limits.NAME_BYTES) : "notchunked";
    String receive = chunks ? in.readText(Limits.NAME_BYTES) : "notchunked";
    if (r >= Revision.PASSWORD_RULES) {
      int rules = in.readLength(PASSWORD_RULES_MAX, "number of password rules");
      for (int i = 0; i < 2 * rules; i++) {
        in.readText(Limits.NAME_BYTES);
      }
    }
    long nonce = r >= Revision.NONCE ? in.readLong() : 0;
    if (r >= Revision.SERVER_SETTINGS) {
      SettingsForm.read(in);
    }
    if (r >= Revision.QUERY_PLAN) {
      in.readVarUInt();
    }
    if (r >= Revision.CLUSTER_FUNCTIONS) {
      in.readVarUInt();
    }
    return new ServerHello(name, major, minor, patch, server, zone, display, send, receive, nonce);
  }
}
