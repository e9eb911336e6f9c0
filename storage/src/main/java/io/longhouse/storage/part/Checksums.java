package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.column.hash.SipHash;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code checksums.txt}: size and hash of the files of a part, by name.
 *
 * <pre>
 * "checksums format version: 4\n"  then in compressed frames
 * count:varint (name:string size:varint hash:u128 compressed:u8 [rawSize:varint rawHash:u128])*
 * </pre>
 */
public final class Checksums {
  private static final String HEADER = "checksums format version: ";
  private static final int FILES_MAX = 10_000_000;
  private static final int NAME_BYTES_MAX = 1 << 16;

  /** A hash of 128 bits. */
  public record Hash(long low, long high) {
    static final Hash ZERO = new Hash(0, 0);
  }

  /**
   * One file.
   *
   * @param raw size and hash of what is compressed in it; null for a plain file
   */
  public record Entry(long size, Hash hash, @Nullable Raw raw) {}

  /** The decompressed bytes of a file. */
  public record Raw(long size, Hash hash) {}

  private final TreeMap<String, Entry> files;

  public Checksums(Map<String, Entry> files) {
    this.files = new TreeMap<>(files);
  }

  public SortedMap<String, Entry> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /** Bytes of all files. */
  public long totalBytes() {
    return files.values().stream().mapToLong(Entry::size).sum();
  }

  /** Bytes that are compressed in the files. */
  public long totalRawBytes() {
    return files.values().stream().mapToLong(e -> e.raw() == null ? 0 : e.raw().size()).sum();
  }

  /**
   * @param where the file's path, for messages
   */
  public static Checksums read(byte[] bytes, String where) {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String header = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    if (!header.startsWith(HEADER) || end == bytes.length) {
      throw wrong("it begins with '" + header + "'", where);
    }
    return switch (header.substring(HEADER.length())) {
      case "4" ->
          readEntries(
              new ByteReader(
                  new CompressedInput(
                      new ByteArrayInputStream(bytes, end + 1, bytes.length - end - 1), where)),
              where);
      case "3" -> readEntries(new ByteReader(bytes, end + 1, bytes.length - end - 1), where);
      default -> throw wrong("version " + header.substring(HEADER.length()), where);
    };
  }

  private static LonghouseException wrong(String what, String where) {
    return new LonghouseException(
        ErrorCode.UNKNOWN_FORMAT, "Unexpected checksums format: " + what + " in " + where);
  }

  private static Checksums readEntries(ByteReader in, String where) {
    int count = in.readLength(FILES_MAX, "number of files in " + where);
    Map<String, Entry> files = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readText(NAME_BYTES_MAX);
      long size = in.readVarUInt();
      Hash hash = new Hash(in.readLong(), in.readLong());
      Raw raw = null;
      if (in.readByte() != 0) {
        raw = new Raw(in.readVarUInt(), new Hash(in.readLong(), in.readLong()));
      }
      files.put(name, new Entry(size, hash, raw));
    }
    if (!in.atEnd()) {
      throw wrong("there is more behind its last file", where);
    }
    return new Checksums(files);
  }

  /** The bytes of {@code checksums.txt}. */
  public byte[] toBytes() {
    var out = new ByteArrayOutputStream();
    try {
      out.write((HEADER + "4\n").getBytes(StandardCharsets.ISO_8859_1));
      var text = new ByteWriter(1024);
      text.writeVarUInt(files.size());
      files.forEach((name, e) -> {
        text.writeString(name);
        text.writeVarUInt(e.size());
        write(e.hash(), text);
        text.writeByte(e.raw() == null ? 0 : 1);
        if (e.raw() != null) {
          text.writeVarUInt(e.raw().size());
          write(e.raw().hash(), text);
        }
      });
      try (var compressed = new CompressedOutput(out, Lz4Codec.INSTANCE, 1 << 16)) {
        compressed.write(text.buffer(), 0, text.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(Hash hash, ByteWriter out) {
    out.writeLong(hash.low());
    out.writeLong(hash.high());
  }

  /** The hash of all names and hashes, by which replicas compare parts. */
  public Hash totalHash() {
    var sip = new SipHash();
    files.forEach((name, e) -> {
      byte[] b = ByteText.encode(name);
      sip.update(b.length);
      sip.update(b, 0, b.length);
      sip.update(e.hash().low());
      sip.update(e.hash().high());
    });
    long[] out = new long[2];
    sip.get128(out, 0);
    return new Hash(out[0], out[1]);
  }
}
