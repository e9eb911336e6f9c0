package io.longhouse.cluster.replication.node;

import static io.longhouse.cluster.replication.node.NodeText.escaped;

import io.longhouse.sql.ByteText;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An insert that waits for its quorum: {@code /quorum/status} and {@code /quorum/parallel/PART}.
 *
 * @param required how many replicas must have the part
 * @param replicas that have it
 */
public record QuorumEntry(String part, int required, SortedSet<String> replicas) {
  private static final int REPLICAS_MAX = 100_000;

  public QuorumEntry {
    replicas = Collections.unmodifiableSortedSet(new TreeSet<>(replicas));
  }

  /** With one more replica. */
  public QuorumEntry with(String replica) {
    var more = new TreeSet<>(replicas);
    more.add(replica);
    return new QuorumEntry(part, required, more);
  }

  public boolean isReached() {
    return replicas.size() >= required;
  }

  /**
   * @param where the node's path, for messages
   */
  public static QuorumEntry parse(byte[] node, String where) {
    var in = new NodeText(node, where);
    in.expect("version: 1\npart_name: ");
    String part = in.word();
    in.expect("\nrequired_number_of_replicas: ");
    int required = in.smallNumber();
    in.expect("\nactual_number_of_replicas: ");
    int actual = in.smallNumber();
    if (actual < 0 || actual > REPLICAS_MAX) {
      throw in.wrong("a sane number of replicas before this");
    }
    in.expect("\nreplicas:\n");
    var replicas = new TreeSet<String>();
    for (int i = 0; i < actual; i++) {
      replicas.add(in.escapedWord());
      in.expect("\n");
    }
    return new QuorumEntry(part, required, replicas);
  }

  public byte[] toBytes() {
    var out = new StringBuilder("version: 1\npart_name: ").append(part);
    out.append("\nrequired_number_of_replicas: ").append(required);
    out.append("\nactual_number_of_replicas: ").append(replicas.size());
    out.append("\nreplicas:\n");
    replicas.forEach(r -> out.append(escaped(r)).append('\n'));
    return ByteText.encode(out.toString());
  }
}
