package io.longhouse.storage.part;

import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.storage.MergeTreeSettings;

/**
 * How a part is written. Sizes are in bytes of decompressed data.
 *
 * @param granuleRowsMax rows of a granule at most
 * @param granuleBytes a granule is made smaller to stay near this; 0 writes parts that are not
 *     adaptive
 * @param sparseRatio of defaults above which a column is written sparse
 */
public record PartOptions(
    Codec defaultCodec,
    Codec marksCodec,
    Codec indexCodec,
    int granuleRowsMax,
    long granuleBytes,
    int blockBytesMin,
    int blockBytesMax,
    double sparseRatio,
    boolean sizedStrings,
    boolean compressMarks,
    boolean compressIndex,
    boolean sync) {

  /** What a table's settings say. */
  public static PartOptions of(MergeTreeSettings s) {
    String codec = s.text("default_compression_codec");
    int min = (int) s.number("min_compress_block_size");
    int max = (int) s.number("max_compress_block_size");
    return new PartOptions(
        codec.isEmpty() ? Lz4Codec.INSTANCE : Codecs.parse(codec),
        Codecs.parse(s.text("marks_compression_codec")),
        Codecs.parse(s.text("primary_key_compression_codec")),
        (int) s.number("index_granularity"),
        s.number("index_granularity_bytes"),
        min == 0 ? 1 << 16 : min,
        max == 0 ? CompressedOutput.BLOCK_BYTES_MAX : max,
        s.fraction("ratio_of_defaults_for_sparse_serialization"),
        !s.text("string_serialization_version").equals("single_stream"),
        s.isOn("compress_marks"),
        s.isOn("compress_primary_key"),
        true);
  }

  public boolean adaptive() {
    return granuleBytes > 0;
  }

  /** Rows of a granule for data of that size. */
  int granuleRows(long bytes, long rows) {
    if (!adaptive() || rows == 0) {
      return granuleRowsMax;
    }
    long n =
        bytes >= granuleBytes
            ? rows / Math.max(1, bytes / granuleBytes)
            : granuleBytes / Math.max(1, bytes / rows);
    return (int) Math.max(1, Math.min(granuleRowsMax, n));
  }
}
