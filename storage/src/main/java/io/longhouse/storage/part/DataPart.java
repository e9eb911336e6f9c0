package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.disk.Disk;
import io.longhouse.storage.disk.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A part that is on disk, opened: its small files are in memory, everything else is read when it is
 * first needed. Many threads may use it.
 */
public final class DataPart {
  private final PartFiles files;
  private final PartMarks marks;
  private final PartSchema schema;
  private final List<Header.Field> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private final SerializationInfos infos;
  private final @Nullable List<List<String>> substreams;
  private final long rows;
  private final long metadataVersion;
  private final List<Column> partition;
  private final @Nullable MinMaxIndex minMax;
  private volatile @Nullable Granularity granularity;
  private volatile @Nullable PrimaryIndex index;
  private final AtomicInteger readers = new AtomicInteger();
  private volatile boolean frozen;
  private volatile boolean suspect;

  private DataPart(Disk disk, String folder, PartName name, PartSchema schema) {
    this.schema = schema;
    files = new PartFiles(disk, folder, name);
    columns = ColumnsFile.read(files.text("columns.txt"), files.path("columns.txt"));
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).name(), i);
    }
    infos =
        has("serialization.json")
            ? SerializationInfos.read(
                new String(files.plain("serialization.json"), StandardCharsets.UTF_8),
                files.path("serialization.json"))
            : SerializationInfos.OLD;
    String markExtension = PartMarks.extensionOf(files);
    substreams =
        markExtension.endsWith("4")
            ? ColumnsFile.readSubstreams(
                files.text("columns_substreams.txt"), files.path("columns_substreams.txt"))
            : null;
    int streams =
        substreams == null ? columns.size() : substreams.stream().mapToInt(List::size).sum();
    marks = new PartMarks(files, markExtension, streams);
    partition = readPartition();
    minMax = readMinMax();
    metadataVersion =
        disk.exists(files.path("metadata_version.txt"))
            ? files.number(files.text("metadata_version.txt"), "metadata_version.txt")
            : 0;
    rows =
        has("count.txt")
            ? files.number(
                new String(files.plain("count.txt"), StandardCharsets.UTF_8), "count.txt")
            : granularity().rows();
  }

  /**
   * Opens a part that was just written. Its small files are read and compared with their hashes.
   *
   * @param folder its path on the disk, which ends with its name
   * @throws LonghouseException when a file that is read is missing or broken
   */
  public static DataPart open(Disk disk, String folder, PartName name, PartSchema schema) {
    return new DataPart(disk, folder, name, schema);
  }

  /**
   * Opens a part of unknown history: that all files are there and as long as they were written is
   * seen as well.
   *
   * @throws LonghouseException NO_FILE_IN_DATA_PART (226), BAD_SIZE_OF_FILE_IN_DATA_PART (228),
   *     CHECKSUM_DOESNT_MATCH (40) or that a file cannot be parsed; all name the file
   */
  public static DataPart openChecked(Disk disk, String folder, PartName name, PartSchema schema) {
    var part = new DataPart(disk, folder, name, schema);
    part.files.checkSizes();
    part.checkColumns();
    return part;
  }

  /**
   * {@code columns.txt} has no checksum of its own, and a damaged name would read as a column of
   * defaults: every column must have files.
   */
  private void checkColumns() {
    List<String> noted =
        substreams == null
            ? null
            : ColumnsFile.readSubstreamColumns(
                files.text("columns_substreams.txt"), files.path("columns_substreams.txt"));
    boolean same = noted == null || noted.equals(columns.stream().map(Header.Field::name).toList());
    // A part that lost all its rows has no data.
    for (Header.Field f : isWide() && rows > 0 ? columns : List.<Header.Field>of()) {
      same &= hasFilesOf(f);
    }
    if (!same) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA,
          "The columns in "
              + files.absolute("columns.txt")
              + " of part "
              + name()
              + " are not those that the part has files of");
    }
  }

  private boolean hasFilesOf(Header.Field column) {
    var stored =
        BulkSerialization.of(
            column.name(),
            column.type(),
            infos.kind(column.name()),
            BulkSerialization.Form.wide(infos.sizedStrings(column.type())));
    return stored.substreams().stream().allMatch(s -> has(streamFile(s.name()) + ".bin"));
  }

  /** The same files under another path, after the folder was renamed. */
  public DataPart moved(String newFolder, PartName newName) {
    return new DataPart(disk(), newFolder, newName, schema);
  }

  private List<Column> readPartition() {
    List<Column> values = new ArrayList<>();
    if (schema.partitionKey().isEmpty() || !has("partition.dat")) {
      return values;
    }
    var in = new ByteReader(files.plain("partition.dat"));
    for (DataType t : schema.partitionKey()) {
      ColumnBuilder b = KeyValues.newBuilder(t, 1);
      KeyValues.read(t, in, b);
      values.add(b.build());
    }
    return values;
  }

  private @Nullable MinMaxIndex readMinMax() {
    List<Column> ranges = new ArrayList<>();
    for (Header.Field f : schema.minMaxColumns()) {
      String file = MinMaxIndex.fileName(f.name());
      if (!has(file)) {
        return null;
      }
      ranges.add(MinMaxIndex.readRange(f.type(), files.plain(file)));
    }
    return new MinMaxIndex(schema.minMaxColumns(), ranges);
  }

  /** Whether a file has a line in the checksums. */
  public boolean has(String file) {
    return files.has(file);
  }

  public Disk disk() {
    return files.disk();
  }

  /** Path on the disk. */
  public String folder() {
    return files.folder();
  }

  public PartName name() {
    return files.name();
  }

  public PartSchema schema() {
    return schema;
  }

  public Checksums checksums() {
    return files.checksums();
  }

  public List<Header.Field> columns() {
    return columns;
  }

  /** The type that a column has in this part, or null if it has none of that name. */
  public @Nullable DataType columnType(String column) {
    Integer at = places.get(column);
    return at == null ? null : columns.get(at).type();
  }

  /** The place of a column in {@link #columns}, or -1. */
  int columnPlace(String column) {
    return places.getOrDefault(column, -1);
  }

  public SerializationInfos serializationInfos() {
    return infos;
  }

  public long rows() {
    return rows;
  }

  public boolean isWide() {
    return marks.isWide();
  }

  /** Whether its marks say how many rows a granule has. */
  public boolean isAdaptive() {
    return marks.isAdaptive();
  }

  public String markExtension() {
    return marks.extension();
  }

  /** Bytes of all files. */
  public long bytesOnDisk() {
    return files.checksums().totalBytes();
  }

  public long metadataVersion() {
    return metadataVersion;
  }

  /** The values of the partition key, one row each. */
  public List<Column> partition() {
    return partition;
  }

  /** Ranges of the columns that the partition key reads; null if the part has none. */
  public @Nullable MinMaxIndex minMax() {
    return minMax;
  }

  /** Names of the substreams of column {@code i} of a Compact part that notes them, else null. */
  @Nullable List<String> substreamsOf(int i) {
    return substreams == null ? null : substreams.get(i);
  }

  /** Whether both note the same substreams, which only Compact parts need. */
  public boolean hasSubstreamsOf(DataPart other) {
    return java.util.Objects.equals(substreams, other.substreams);
  }

  DiskFile file(String file) {
    return files.open(file);
  }

  /** The file of a substream, whose name may have been too long. */
  String streamFile(String substream) {
    return has(substream + ".bin") ? substream : PartWriter.fileName(substream);
  }

  /** The marks of a substream of a Wide part. */
  Marks streamMarks(String file) {
    return marks.ofStream(file);
  }

  /** The marks of a Compact part. */
  Marks compactMarks() {
    return marks.compact();
  }

  /** How many marks each stream has, that behind the last granule included. */
  public int marks() {
    return rows == 0 ? 0 : marks.count();
  }

  /** Rows of the granules. */
  public Granularity granularity() {
    Granularity g = granularity;
    if (g == null) {
      g = marks.granularity(rows);
      granularity = g;
    }
    return g;
  }

  /** For a part that is not adaptive: the table's rows of a granule. */
  public void granuleRows(int granule) {
    if (!isAdaptive()) {
      granularity = Granularity.fixed(rows, granule);
    }
  }

  /** The primary index, read when first asked for. */
  public PrimaryIndex primaryIndex() {
    PrimaryIndex i = index;
    if (i == null) {
      boolean compressed = has("primary.cidx");
      ByteReader in =
          compressed
              ? new ByteReader(new CompressedFile(files.open("primary.cidx"), 1 << 16))
              : new ByteReader(has("primary.idx") ? files.plain("primary.idx") : new byte[0]);
      i = PrimaryIndex.read(in, schema.primaryKey(), granularity().count() + 1);
      index = i;
    }
    return i;
  }

  /** Gives the memory of the marks back until they are needed again. */
  public void forgetMarks() {
    marks.forget();
  }

  /** The same for the primary index. */
  public void forgetPrimaryIndex() {
    index = null;
  }

  /** Reads all marks. */
  public void loadMarks() {
    marks.load();
  }

  /** Notes that there is a frozen copy of the part. */
  public void froze() {
    frozen = true;
  }

  /** Whether the part was frozen since it was opened. */
  public boolean isFrozen() {
    return frozen;
  }

  /** Notes that the part could not be read: somebody should look whether it is broken. */
  public void suspect() {
    suspect = true;
  }

  /** Whether the part could not be read since this was asked last. */
  public boolean takeSuspicion() {
    boolean was = suspect;
    suspect = false;
    return was;
  }

  /** Somebody reads the part: its files must stay, whatever becomes of it. */
  public void retain() {
    readers.incrementAndGet();
  }

  /** Undoes one {@link #retain}. */
  public void release() {
    readers.decrementAndGet();
  }

  public boolean isInUse() {
    return readers.get() > 0;
  }

  /** Bytes of heap that marks and index take. */
  public long retainedBytes() {
    PrimaryIndex i = index;
    return marks.retainedBytes() + (i == null ? 0 : i.retainedBytes());
  }

  @Override
  public String toString() {
    return name().toString();
  }
}
