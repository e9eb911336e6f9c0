package io.longhouse.cluster.replication.node;

import static io.longhouse.cluster.replication.node.NodeText.escaped;

import io.longhouse.sql.ByteText;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mutation: {@code /mutations/NUMBER}.
 *
 * <pre>
 * "format version: 1\ncreate time: " time "\nsource replica: " replica "\nblock numbers count: " n "\n"
 * (partition "\t" number "\n")* "commands: " commands ["\nalter version: " n]
 * </pre>
 *
 * Servers before 20.3 refuse the last line: entries of tables with such a replica go without.
 *
 * @param createdSec since 1970
 * @param blockNumbers by partition: parts with lower data versions are to be changed
 * @param commands {@code DELETE WHERE x = 1, UPDATE y = 2 WHERE z}
 * @param alterVersion of the metadata that the mutation belongs to, -1 for a plain one
 */
public record MutationEntry(
    long createdSec,
    String sourceReplica,
    SortedMap<String, Long> blockNumbers,
    String commands,
    int alterVersion) {
  private static final int PARTITIONS_MAX = 1_000_000;

  public MutationEntry {
    blockNumbers = Collections.unmodifiableSortedMap(new TreeMap<>(blockNumbers));
  }

  /**
   * @param where the node's path, for messages
   */
  public static MutationEntry parse(byte[] node, String where) {
    var in = new NodeText(node, where);
    in.expect("format version: 1\ncreate time: ");
    long created = in.time();
    in.expect("\nsource replica: ");
    String source = in.word();
    in.expect("\nblock numbers count: ");
    int count = in.smallNumber();
    if (count < 0 || count > PARTITIONS_MAX) {
      throw in.wrong("a sane number of partitions before this");
    }
    in.expect("\n");
    var numbers = new TreeMap<String, Long>();
    for (int i = 0; i < count; i++) {
      String partition = in.word();
      in.expect("\t");
      numbers.put(partition, in.number());
      in.expect("\n");
    }
    in.expect("commands: ");
    String commands = in.escapedLine();
    int alterVersion = in.accept("\nalter version: ") ? in.smallNumber() : -1;
    in.accept("\n");
    in.expectEnd();
    return new MutationEntry(created, source, numbers, commands.strip(), alterVersion);
  }

  /**
   * @param oldPeers whether a server before 20.3 has to read it
   */
  public byte[] toBytes(boolean oldPeers) {
    var out = new StringBuilder(256);
    out.append("format version: 1\ncreate time: ").append(NodeText.time(createdSec));
    out.append("\nsource replica: ").append(sourceReplica);
    out.append("\nblock numbers count: ").append(blockNumbers.size()).append('\n');
    blockNumbers.forEach((p, n) -> out.append(p).append('\t').append(n).append('\n'));
    out.append("commands: ").append(escaped(commands));
    if (!oldPeers) {
      out.append("\nalter version: ").append(alterVersion);
    }
    return ByteText.encode(out.toString());
  }
}
