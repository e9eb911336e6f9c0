package io.longhouse.cluster.replication.node;

import io.longhouse.sql.ByteText;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last part of each partition that reached its quorum: {@code /quorum/last_part}. Empty before
 * the first; the oldest servers wrote the name of one part and nothing else.
 *
 * @param parts by partition
 */
public record QuorumParts(SortedMap<String, String> parts) {
  private static final int PARTITIONS_MAX = 1_000_000;

  public QuorumParts {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** With the last part of a partition. */
  public QuorumParts with(String partition, String part) {
    var more = new TreeMap<>(parts);
    more.put(partition, part);
    return new QuorumParts(more);
  }

  /**
   * @param where the node's path, for messages
   */
  public static QuorumParts parse(byte[] node, String where) {
    var in = new NodeText(node, where);
    var parts = new TreeMap<String, String>();
    if (in.atEnd()) {
      return new QuorumParts(parts);
    }
    if (!in.accept("version: ")) {
      String part = in.word();
      in.expectEnd();
      int end = part.indexOf('_');
      return new QuorumParts(new TreeMap<>(Map.of(end < 0 ? part : part.substring(0, end), part)));
    }
    in.expect("2\nparts count: ");
    int count = in.smallNumber();
    if (count < 0 || count > PARTITIONS_MAX) {
      throw in.wrong("a sane number of partitions before this");
    }
    in.expect("\n");
    for (int i = 0; i < count; i++) {
      String partition = in.word();
      in.expect("\t");
      parts.put(partition, in.word());
      in.expect("\n");
    }
    return new QuorumParts(parts);
  }

  public byte[] toBytes() {
    var out = new StringBuilder("version: 2\nparts count: ").append(parts.size()).append('\n');
    parts.forEach(
        (partition, part) -> out.append(partition).append('\t').append(part).append('\n'));
    return ByteText.encode(out.toString());
  }
}
