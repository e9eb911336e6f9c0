package io.longhouse.storage.part;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.Header;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.CodecChain;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.PieceHash;
import io.longhouse.column.hash.SipHash;
import io.longhouse.column.serial.Substream;
import io.longhouse.column.type.DataType;
import io.longhouse.storage.disk.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a part into a folder that nobody else sees: blocks in the order of the sorting key, then
 * {@link #finish}. To make it a part of a table the folder is synced and renamed.
 */
public abstract sealed class PartWriter implements AutoCloseable
    permits WidePartWriter, CompactPartWriter {
  private static final int FILE_NAME_LENGTH_MAX = 127;

  final Disk disk;
  final String folder;
  final List<PartColumn> columns;
  final SerializationInfos infos;
  final PartOptions options;
  final Map<String, Checksums.Entry> files = new TreeMap<>();
  private final ByteWriter index = new ByteWriter(256);
  private Column[] lastKeys = new Column[0];
  private final List<DataType> keyTypes;
  int[] granuleRows = new int[16];
  int granules;
  private long rows;

  /**
   * @param keyTypes of the primary key's columns, none for a table that is not sorted
   */
  PartWriter(
      Disk disk,
      String folder,
      List<PartColumn> columns,
      List<DataType> keyTypes,
      SerializationInfos infos,
      PartOptions options) {
    this.disk = disk;
    this.folder = folder;
    this.columns = List.copyOf(columns);
    this.keyTypes = List.copyOf(keyTypes);
    this.infos = infos;
    this.options = options;
  }

  /** A writer of the part's form. The folder must exist and be empty. */
  public static PartWriter open(
      boolean wide,
      Disk disk,
      String folder,
      List<PartColumn> columns,
      List<DataType> keyTypes,
      SerializationInfos infos,
      PartOptions options) {
    return wide
        ? new WidePartWriter(disk, folder, columns, keyTypes, infos, options, null)
        : new CompactPartWriter(disk, folder, columns, keyTypes, infos, options);
  }

  /**
   * Adds rows.
   *
   * @param values of the columns, in their order
   * @param keys the columns of the primary key
   */
  public final void write(Column[] values, Column[] keys, int count) {
    if (count == 0) {
      return;
    }
    rows += count;
    writeRows(values, keys, count);
    lastKeys = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      lastKeys[i] = keys[i].slice(count - 1, 1);
    }
  }

  abstract void writeRows(Column[] values, Column[] keys, int count);

  /** Ends the data files and fills {@link #files} with them. */
  abstract void finishData();

  /** Substreams of each column as {@code columns_substreams.txt} lists them. */
  abstract List<List<String>> substreams();

  public final long rows() {
    return rows;
  }

  /** Notes the key of the first row of a granule. */
  final void addToIndex(Column[] keys, int row) {
    for (int i = 0; i < keys.length; i++) {
      KeyValues.write(keyTypes.get(i), keys[i], row, index);
    }
  }

  final void addGranule(int count) {
    if (granules == granuleRows.length) {
      granuleRows = Arrays.copyOf(granuleRows, granules * 2);
    }
    granuleRows[granules++] = count;
  }

  /**
   * Writes everything that is left.
   *
   * @param plain further files by name, such as {@code partition.dat}; all get a line in the
   *     checksums
   * @return the checksums of the part
   */
  public final Checksums finish(Map<String, byte[]> plain, long metadataVersion) {
    finishData();
    if (!keyTypes.isEmpty()) {
      if (options.adaptive() && rows > 0) {
        addToIndex(lastKeys, 0);
      }
      byte[] bytes = index.toByteArray();
      if (options.compressIndex()) {
        writeCompressed("primary.cidx", bytes, options.indexCodec());
      } else {
        writePlain("primary.idx", bytes);
      }
    }
    plain.forEach(this::writePlain);
    writePlain("count.txt", ascii(Long.toString(rows)));
    if (!infos.columns().isEmpty() || infos.sizedStrings()) {
      writePlain("serialization.json", infos.toJson().getBytes(StandardCharsets.UTF_8));
    }
    return writeUncheckedFiles(columns, substreams(), metadataVersion);
  }

  /** The files without a line in the checksums, and the checksums. */
  final Checksums writeUncheckedFiles(
      List<PartColumn> all, List<List<String>> substreams, long metadataVersion) {
    List<Header.Field> fields =
        all.stream().map(c -> new Header.Field(c.name(), c.type())).toList();
    put("columns.txt", ColumnsFile.write(fields).getBytes(StandardCharsets.UTF_8));
    put(
        "columns_substreams.txt",
        ColumnsFile.writeSubstreams(all.stream().map(PartColumn::name).toList(), substreams)
            .getBytes(StandardCharsets.UTF_8));
    put("default_compression_codec.txt", ascii("CODEC(" + options.defaultCodec().text() + ")"));
    put("metadata_version.txt", ascii(Long.toString(metadataVersion)));
    var checksums = new Checksums(files);
    put("checksums.txt", checksums.toBytes());
    return checksums;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  final String path(String file) {
    return folder + "/" + file;
  }

  private void put(String name, byte[] bytes) {
    try (OutputStream out = disk.create(path(name))) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final void writePlain(String name, byte[] bytes) {
    try (var out = new HashedFile(disk, path(name))) {
      out.write(bytes);
      files.put(name, out.entry(null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final void writeCompressed(String name, byte[] bytes, Codec codec) {
    var hash = new PieceHash();
    hash.update(bytes, 0, bytes.length);
    try (var out = new HashedFile(disk, path(name))) {
      var compressed = new CompressedOutput(out, codec, 1 << 16);
      compressed.write(bytes);
      compressed.closeBlock();
      files.put(name, out.entry(HashedFile.raw(hash)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final void writeMarks(String file, MarksWriter marks) {
    byte[] bytes = marks.toBytes(granuleRows, granules, options.adaptive());
    if (options.compressMarks()) {
      writeCompressed(file, bytes, options.marksCodec());
    } else {
      writePlain(file, bytes);
    }
  }

  /** The codec of a substream: what knows numbers only is left out for structure. */
  static Codec codecOf(PartColumn column, Substream stream) {
    return stream.kind() == Substream.Kind.VALUES
        ? column.codec()
        : CodecChain.genericPart(column.codec());
  }

  /** A substream's name as a file's name: a long one is replaced by its hash. */
  static String fileName(String substream) {
    if (substream.length() <= FILE_NAME_LENGTH_MAX) {
      return substream;
    }
    byte[] bytes = substream.getBytes(StandardCharsets.US_ASCII);
    long[] hash = new long[2];
    SipHash.hash128(0, 0, bytes, 0, bytes.length, hash, 0);
    return HexFormat.of().toHexDigits(hash[1]) + HexFormat.of().toHexDigits(hash[0]);
  }

  /** Gives up: closes files without finishing them. */
  @Override
  public abstract void close();

  static void closeQuietly(@Nullable AutoCloseable resource, @Nullable Exception[] first) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      first[0] = first[0] == null ? e : first[0];
    }
  }
}
