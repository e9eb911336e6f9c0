package io.longhouse.column.compress;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Compression of whole files, as their names and the functions that read them say it. */
public enum FileCompression {
  NONE,
  GZIP("gz", "gzip"),
  DEFLATE("deflate", "zlib"),
  ZSTD("zst", "zstd"),
  LZ4("lz4"),
  BROTLI("br", "brotli"),
  XZ("xz", "lzma"),
  BZIP2("bz2"),
  SNAPPY("snappy");

  private static final int BUFFER_BYTES = 1 << 16;

  private final List<String> words;

  FileCompression(String... words) {
    this.words = List.of(words);
  }

  /** By the ending of a file's name. */
  public static FileCompression ofName(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (FileCompression c : values()) {
      if (c.words.contains(ending)) {
        return c;
      }
    }
    return NONE;
  }

  /**
   * By the word for a method; {@code auto} and nothing mean that the file's name tells.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) for a word that is none
   */
  public static FileCompression of(String method, String file) {
    String word = method.toLowerCase(Locale.ROOT);
    if (word.isEmpty() || word.equals("auto")) {
      return ofName(file);
    }
    if (word.equals("none")) {
      return NONE;
    }
    for (FileCompression c : values()) {
      if (c.words.contains(word)) {
        return c;
      }
    }
    throw new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED,
        "Unknown compression method '"
            + method
            + "'. Only 'auto', 'none', 'gzip', 'deflate', 'br', 'xz', 'zstd', 'lz4', 'bz2',"
            + " 'snappy' are supported as compression methods");
  }

  /** A file's name without the ending that names the compression. */
  public static String strip(String file) {
    return ofName(file) == NONE ? file : file.substring(0, file.lastIndexOf('.'));
  }

  private LonghouseException missing() {
    return new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Compression method " + name() + " of files is not implemented");
  }

  /**
   * To be asked before a file is made or emptied for {@link #encode}.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) for what cannot be packed here
   */
  public FileCompression ensureAvailable() {
    switch (this) {
      case NONE, GZIP, DEFLATE, ZSTD, LZ4 -> {}
      case BROTLI -> Brotli.load();
      case XZ, BZIP2, SNAPPY -> throw missing();
    }
    return this;
  }

  /**
   * What is packed in {@code file}.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) for xz, bz2 and snappy, and for br on a
   *     platform without its library
   */
  public InputStream decode(InputStream file) throws IOException {
    return switch (this) {
      case NONE -> file;
      case GZIP -> new GZIPInputStream(file, BUFFER_BYTES);
      case DEFLATE -> new InflaterInputStream(file);
      case ZSTD -> new ZstdInputStream(file);
      case LZ4 -> new Lz4Frames.Input(file);
      case BROTLI -> Brotli.decode(file);
      case XZ, BZIP2, SNAPPY -> throw missing();
    };
  }

  /** A stream that packs into {@code file}; closing it ends both. */
  public OutputStream encode(OutputStream file) throws IOException {
    return switch (this) {
      case NONE -> file;
      case GZIP -> new GZIPOutputStream(file, BUFFER_BYTES);
      case DEFLATE -> new DeflaterOutputStream(file);
      case ZSTD -> new ZstdOutputStream(file);
      case LZ4 -> new Lz4Frames.Output(file);
      case BROTLI -> Brotli.encode(file, Brotli.DEFAULT_QUALITY);
      case XZ, BZIP2, SNAPPY -> throw missing();
    };
  }
}
