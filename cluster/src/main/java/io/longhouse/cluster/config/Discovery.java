package io.longhouse.cluster.config;

/**
 * A cluster whose servers make themselves known in Keeper.
 *
 * @param name of the cluster
 * @param path in Keeper
 * @param shard that this server is a replica of
 * @param observer whether this server only looks
 * @param host by which others reach this server; empty for the machine's name
 * @param user as whom the others are entered
 * @param secret in place of user and password; empty for none
 */
record Discovery(
    String name,
    String path,
    int shard,
    boolean observer,
    String host,
    String user,
    String password,
    String secret,
    boolean secure) {
  /** Nothing of password and secret. */
  @Override
  public String toString() {
    return name + " at " + path;
  }
}
