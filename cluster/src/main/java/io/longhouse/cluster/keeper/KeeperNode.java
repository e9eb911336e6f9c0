package io.longhouse.cluster.keeper;

import java.nio.charset.StandardCharsets;

/**
 * A node as it was read.
 *
 * @param data not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record KeeperNode(byte[] data, KeeperStat stat) {
  /** The data as UTF-8. */
  public String text() {
    return new String(data, StandardCharsets.UTF_8);
  }

  public int version() {
    return stat.version();
  }
}
