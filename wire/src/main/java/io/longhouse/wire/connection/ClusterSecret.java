package io.longhouse.wire.connection;

/**
 * What the servers of a cluster prove to each other that they belong to it.
 *
 * @param cluster the cluster's name, which both sides have to know
 */
public record ClusterSecret(String cluster, String secret) {
  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "secret of " + cluster;
  }
}
