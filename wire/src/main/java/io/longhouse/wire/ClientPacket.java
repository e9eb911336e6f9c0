package io.longhouse.wire;

/** Numbers of the packets that a client sends. */
public final class ClientPacket {
  public static final int HELLO = 0;
  public static final int QUERY = 1;
  public static final int DATA = 2;
  public static final int CANCEL = 3;
  public static final int PING = 4;
  public static final int TABLES_STATUS_REQUEST = 5;
  public static final int KEEP_ALIVE = 6;
  public static final int SCALAR = 7;

  private ClientPacket() {}
}
