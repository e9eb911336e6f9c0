package io.longhouse.wire;

/** Numbers of the packets that a server sends. */
public final class ServerPacket {
  public static final int HELLO = 0;
  public static final int DATA = 1;
  public static final int EXCEPTION = 2;
  public static final int PROGRESS = 3;
  public static final int PONG = 4;
  public static final int END_OF_STREAM = 5;
  public static final int PROFILE_INFO = 6;
  public static final int TOTALS = 7;
  public static final int EXTREMES = 8;
  public static final int TABLES_STATUS_RESPONSE = 9;
  public static final int LOG = 10;
  public static final int TABLE_COLUMNS = 11;
  public static final int PART_UUIDS = 12;
  public static final int READ_TASK_REQUEST = 13;
  public static final int PROFILE_EVENTS = 14;
  public static final int TIMEZONE_UPDATE = 17;

  private ServerPacket() {}
}
