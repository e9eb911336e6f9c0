package io.longhouse.cluster.distributed.insert;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Header;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.hash.CityHash;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.BlockForm;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.QueryOrigin;
import io.longhouse.wire.Revision;
import io.longhouse.wire.SettingsForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block that waits on disk, with the INSERT it belongs to. ClickHouse's format:
 *
 * <pre>
 * file:   0xCAFEDABEE:varint, description:string, CityHash128 of it:16 bytes, block in compressed frames
 * description: revision:varint, INSERT:string, settings, client info, rows:varint, bytes:varint,
 *              [structure:string, empty block, shard:varint, cluster:string, table:string, remote table:string]
 * </pre>
 *
 * @param settings that the INSERT had changed
 * @param origin whose INSERT it is
 * @param rows of the block
 * @param bytes of the block in memory
 * @param header of the block; null in files of servers that wrote none
 */
record QueuedBlock(
    String query,
    Map<String, String> settings,
    QueryOrigin origin,
    long rows,
    long bytes,
    @Nullable Header header) {
  private static final long SIGNATURE = 0xCAFEDABEEL;
  private static final int DESCRIPTION_BYTES_MAX = 1 << 26;

  /** Whether rows of both can go out as one INSERT. */
  boolean goesWith(QueuedBlock other) {
    return query.equals(other.query)
        && settings.equals(other.settings)
        && origin.initial().user().equals(other.origin.initial().user())
        && java.util.Objects.equals(header, other.header);
  }

  /** Writes a file. */
  static void write(QueuedBlock about, Header header, Block block, OutputStream to)
      throws IOException {
    var description = new ByteWriter(512);
    description.writeVarUInt(Revision.OURS);
    description.writeString(about.query);
    SettingsForm.write(about.settings, 0, description);
    about.origin.write(Revision.OURS, description);
    description.writeVarUInt(about.rows);
    description.writeVarUInt(about.bytes);
    description.writeString("");
    BlockForm.write(header, header.emptyBlock(), Revision.OURS, description);
    byte[] bytes = description.toByteArray();
    var out = new ByteWriter(to, bytes.length + 64);
    out.writeVarUInt(SIGNATURE);
    out.writeString(bytes);
    long[] hash = hash(bytes);
    out.writeLong(hash[0]);
    out.writeLong(hash[1]);
    out.flush();
    var compressed = new CompressedOutput(to, Codecs.parse("LZ4"));
    var frames = new ByteWriter(compressed, 1 << 16);
    BlockForm.write(header, block, Revision.OURS, frames);
    frames.flush();
    compressed.closeBlock();
  }

  private static long[] hash(byte[] bytes) {
    var hash = new long[2];
    CityHash.hash128(bytes, 0, bytes.length, hash, 0);
    return hash;
  }

  /**
   * Reads what stands before the block; the stream is then at the block's frames.
   *
   * @throws LonghouseException CHECKSUM_DOESNT_MATCH (40), CANNOT_READ_ALL_DATA (33) for a file
   *     that is not whole
   */
  static QueuedBlock read(InputStream from, String where) {
    ByteReader in = new ByteReader(description(from, where));
    long revision = in.readVarUInt();
    if (revision > Revision.OURS) {
      throw new LonghouseException(
          ErrorCode.CANNOT_READ_ALL_DATA,
          where + " was written by a newer server, of revision " + revision);
    }
    int of = (int) revision;
    String query = in.readText(DESCRIPTION_BYTES_MAX);
    Map<String, String> settings = SettingsForm.read(in);
    QueryOrigin origin = QueryOrigin.read(of, in);
    long rows = 0;
    long bytes = 0;
    Header header = null;
    if (!in.atEnd()) {
      rows = in.readVarUInt();
      bytes = in.readVarUInt();
      in.readText(DESCRIPTION_BYTES_MAX);
    }
    if (!in.atEnd()) {
      header = BlockForm.read(of, in).header();
    }
    return new QueuedBlock(query, settings, origin, rows, bytes, header);
  }

  /** The checked description; read byte by byte, so that nothing of the frames is taken. */
  private static byte[] description(InputStream from, String where) {
    try {
      long signature = varUInt(from, where);
      if (signature != SIGNATURE) {
        throw new LonghouseException(
            ErrorCode.CANNOT_READ_ALL_DATA, where + " does not begin like a queued block");
      }
      long length = varUInt(from, where);
      if (length < 0 || length > DESCRIPTION_BYTES_MAX) {
        throw new LonghouseException(
            ErrorCode.CANNOT_READ_ALL_DATA, where + " announces a description of " + length);
      }
      byte[] bytes = from.readNBytes((int) length);
      byte[] checksum = from.readNBytes(2 * Long.BYTES);
      if (bytes.length < length || checksum.length < 2 * Long.BYTES) {
        throw new LonghouseException(ErrorCode.CANNOT_READ_ALL_DATA, where + " is cut off");
      }
      var expected = new ByteReader(checksum);
      long[] hash = hash(bytes);
      if (expected.readLong() != hash[0] || expected.readLong() != hash[1]) {
        throw new LonghouseException(
            ErrorCode.CHECKSUM_DOESNT_MATCH,
            "Checksum of the description in " + where + " doesn't match: corrupted data");
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(where + ": " + e.getMessage(), e);
    }
  }

  private static long varUInt(InputStream from, String where) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = from.read();
      if (b < 0) {
        throw new LonghouseException(ErrorCode.CANNOT_READ_ALL_DATA, where + " is cut off");
      }
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new LonghouseException(ErrorCode.CANNOT_READ_ALL_DATA, where + " is damaged");
  }

  /** Reads the block behind the description. */
  NamedBlock block(InputStream from, String where) {
    return BlockForm.read(Revision.OURS, new ByteReader(new CompressedInput(from, where)));
  }
}
