package io.longhouse.cluster.replication.node;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.hash.SipHash;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.part.Checksums;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what replicas compare a part: hashes over its files. Two parts hold the same data when their
 * plain files and the decompressed bytes of their compressed files are equal; they are the same
 * bytes when all hashes are.
 *
 * <pre>
 * "checksums format version: 5\n" body
 * body = compressed:varint plain:varint hashOfAll:u128 hashOfPlain:u128 rawHashOfCompressed:u128
 * </pre>
 *
 * Each hash is SipHash-128 over length:u64, name and hash:u128 of the files, by name.
 *
 * @param full where the node held the checksums of all files (older servers wrote such)
 */
public record PartChecksums(
    long compressedFiles,
    long plainFiles,
    Checksums.Hash all,
    Checksums.Hash plain,
    Checksums.Hash rawOfCompressed,
    @Nullable Checksums full) {
  private static final String PREFIX = "checksums format version: ";
  private static final String HEADER = PREFIX + "5\n";

  public static PartChecksums of(Checksums checksums) {
    var all = new SipHash();
    var plain = new SipHash();
    var raw = new SipHash();
    long[] counts = new long[2];
    checksums
        .files()
        .forEach((name, e) -> {
          update(all, name, e.hash());
          if (e.raw() == null) {
            counts[1]++;
            update(plain, name, e.hash());
          } else {
            counts[0]++;
            update(raw, name, e.raw().hash());
          }
        });
    return new PartChecksums(counts[0], counts[1], hash(all), hash(plain), hash(raw), null);
  }

  private static void update(SipHash sip, String name, Checksums.Hash hash) {
    byte[] b = ByteText.encode(name);
    sip.update(b.length);
    sip.update(b, 0, b.length);
    sip.update(hash.low());
    sip.update(hash.high());
  }

  private static Checksums.Hash hash(SipHash sip) {
    long[] out = new long[2];
    sip.get128(out, 0);
    return new Checksums.Hash(out[0], out[1]);
  }

  /**
   * The content of a node {@code checksums} or of {@code checksums.txt}.
   *
   * @param where the node's path, for messages
   */
  public static PartChecksums parse(byte[] node, String where) {
    int line = 0;
    while (line < node.length && node[line] != '\n') {
      line++;
    }
    String header =
        new String(node, 0, Math.min(line + 1, node.length), StandardCharsets.ISO_8859_1);
    if (!header.equals(HEADER)) {
      Checksums full = Checksums.read(node, where);
      PartChecksums of = of(full);
      return new PartChecksums(
          of.compressedFiles, of.plainFiles, of.all, of.plain, of.rawOfCompressed, full);
    }
    var in = new ByteReader(node, line + 1, node.length - line - 1);
    PartChecksums read = readBody(in);
    if (!in.atEnd()) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_FORMAT, "Unexpected bytes behind the checksums of node " + where);
    }
    return read;
  }

  static PartChecksums readBody(ByteReader in) {
    return new PartChecksums(
        in.readVarUInt(), in.readVarUInt(), readHash(in), readHash(in), readHash(in), null);
  }

  static Checksums.Hash readHash(ByteReader in) {
    long low = in.readLong();
    return new Checksums.Hash(low, in.readLong());
  }

  /** The node's short form, whatever form it was read in. */
  public byte[] toBytes() {
    var out = new ByteWriter(128);
    out.writeAscii(HEADER);
    writeBody(out);
    return out.toByteArray();
  }

  void writeBody(ByteWriter out) {
    out.writeVarUInt(compressedFiles);
    out.writeVarUInt(plainFiles);
    write(all, out);
    write(plain, out);
    write(rawOfCompressed, out);
  }

  static void write(Checksums.Hash hash, ByteWriter out) {
    out.writeLong(hash.low());
    out.writeLong(hash.high());
  }

  /**
   * The hash of all files as log entries and {@code blocks/} name it: 32 hexadecimal digits, high
   * half first.
   */
  public String hex() {
    return String.format("%016x%016x", all.high(), all.low()).toUpperCase(Locale.ROOT);
  }

  /**
   * Checks that a part holds what this says.
   *
   * @param rawOnly compressed files may differ as long as what they hold does not: for parts that
   *     were made here, not copied
   * @throws LonghouseException CHECKSUM_DOESNT_MATCH (40)
   */
  public void checkEqual(PartChecksums found, boolean rawOnly) {
    if (compressedFiles != found.compressedFiles || plainFiles != found.plainFiles) {
      throw new LonghouseException(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          "Different number of files: "
              + found.compressedFiles
              + " compressed (expected "
              + compressedFiles
              + ") and "
              + found.plainFiles
              + " uncompressed ones (expected "
              + plainFiles
              + ")");
    }
    List<String> errors = new ArrayList<>();
    if (!plain.equals(found.plain)) {
      errors.add("hash of uncompressed files doesn't match");
    }
    if (rawOnly && !rawOfCompressed.equals(found.rawOfCompressed)) {
      errors.add("uncompressed hash of compressed files doesn't match");
    }
    if (!rawOnly && !all.equals(found.all)) {
      errors.add("total hash of all files doesn't match");
    }
    if (!errors.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          "Checksums of parts don't match: " + String.join(", ", errors));
    }
  }
}
