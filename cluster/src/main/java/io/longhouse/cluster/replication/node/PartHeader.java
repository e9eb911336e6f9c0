package io.longhouse.cluster.replication.node;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.SipHash;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.Checksums;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a replica says in Keeper of a part that it has. Since 19.x in one node, {@code
 * /replicas/R/parts/NAME}:
 *
 * <pre>
 * "part header format version: 1\n" columnsHash:u128 body of the checksums
 * </pre>
 *
 * Before (and today, with {@code use_minimalistic_part_header_in_zookeeper = 0}) that node is empty
 * and has the children {@code columns} and {@code checksums}. Old servers read only the old form;
 * all servers read both.
 *
 * @param columnsHash SipHash-128 of the text of the part's columns
 */
public record PartHeader(Checksums.Hash columnsHash, PartChecksums checksums) {
  private static final String HEADER = "part header format version: 1\n";

  /**
   * @param columns the content of the part's {@code columns.txt}
   */
  public static PartHeader of(String columns, Checksums checksums) {
    return new PartHeader(columnsHash(ByteText.encode(columns)), PartChecksums.of(checksums));
  }

  /** Of the two nodes of the old form. */
  public static PartHeader ofNodes(byte[] columns, byte[] checksums, String where) {
    return new PartHeader(columnsHash(columns), PartChecksums.parse(checksums, where));
  }

  /** Of the bytes of the part's {@code columns.txt}. */
  public static Checksums.Hash columnsHash(byte[] text) {
    long[] out = new long[2];
    SipHash.hash128(0, 0, text, 0, text.length, out, 0);
    return new Checksums.Hash(out[0], out[1]);
  }

  /** Whether a part's node is of the new form; an empty one has children instead. */
  public static boolean isHeader(byte[] node) {
    return node.length > 0;
  }

  /**
   * @param where the node's path, for messages
   */
  public static PartHeader parse(byte[] node, String where) {
    byte[] header = HEADER.getBytes(StandardCharsets.ISO_8859_1);
    var text = new NodeText(node, where);
    text.expect(HEADER);
    var in = new ByteReader(node, header.length, node.length - header.length);
    var read = new PartHeader(PartChecksums.readHash(in), PartChecksums.readBody(in));
    if (!in.atEnd()) {
      throw new NodeText(Arrays.copyOfRange(node, in.position(), node.length), where)
          .wrong("the end");
    }
    return read;
  }

  public byte[] toBytes() {
    var out = new ByteWriter(128);
    out.writeAscii(HEADER);
    PartChecksums.write(columnsHash, out);
    checksums.writeBody(out);
    return out.toByteArray();
  }

  /**
   * Checks that a part is the same as what this says.
   *
   * @param found of the part that is here
   * @param replica that wrote this, for messages
   * @throws LonghouseException CHECKSUM_DOESNT_MATCH (40), TABLE_DIFFERS_TOO_MUCH (345) for columns
   */
  public void checkSame(PartHeader found, String part, String replica) {
    if (!columnsHash.equals(found.columnsHash)) {
      throw new LonghouseException(
          ErrorCode.TABLE_DIFFERS_TOO_MUCH,
          "Columns of part "
              + part
              + " are different from those that replica "
              + replica
              + " noted");
    }
    checksums.checkEqual(found.checksums, true);
  }
}
