package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.compress.CompressedFile;
import io.longhouse.column.compress.PieceHash;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A part that is on disk, opened: its small files are in memory, everything else is read when it is
 * first needed. Many threads may use it.
 */
public final class DataPart {
  private static final List<String> MARK_EXTENSIONS =
      List.of(".cmrk2", ".mrk2", ".cmrk4", ".mrk4", ".cmrk3", ".mrk3", ".cmrk", ".mrk");

  private final Disk disk;
  private final String folder;
  private final PartName name;
  private final PartSchema schema;
  private final Checksums checksums;
  private final List<Header.Field> columns;
  private final Map<String, Integer> places = new HashMap<>();
  private final SerializationInfos infos;
  private final @Nullable List<List<String>> substreams;
  private final long rows;
  private final String markExtension;
  private final long metadataVersion;
  private final List<Column> partition;
  private final @Nullable MinMaxIndex minMax;
  private final ConcurrentHashMap<String, DiskFile> files = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Marks> marks = new ConcurrentHashMap<>();
  private volatile @Nullable Granularity granularity;
  private volatile @Nullable PrimaryIndex index;
  private final AtomicInteger readers = new AtomicInteger();
  private volatile boolean frozen;

  private DataPart(Disk disk, String folder, PartName name, PartSchema schema) {
    this.disk = disk;
    this.folder = folder;
    this.name = name;
    this.schema = schema;
    checksums = Checksums.read(disk.readAll(path("checksums.txt")), path("checksums.txt"));
    columns = ColumnsFile.read(text("columns.txt"), path("columns.txt"));
    for (int i = 0; i < columns.size(); i++) {
      places.put(columns.get(i).name(), i);
    }
    infos =
        has("serialization.json")
            ? SerializationInfos.read(
                new String(plain("serialization.json"), StandardCharsets.UTF_8),
                path("serialization.json"))
            : SerializationInfos.OLD;
    markExtension = findMarkExtension();
    substreams =
        markExtension.endsWith("4")
            ? ColumnsFile.readSubstreams(
                text("columns_substreams.txt"), path("columns_substreams.txt"))
            : null;
    partition = readPartition();
    minMax = readMinMax();
    metadataVersion =
        disk.exists(path("metadata_version.txt"))
            ? number(text("metadata_version.txt"), "metadata_version.txt")
            : 0;
    rows =
        has("count.txt")
            ? number(new String(plain("count.txt"), StandardCharsets.UTF_8), "count.txt")
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
    part.checksums.files().forEach(part::checkSize);
    part.checkColumns();
    return part;
  }

  private void checkSize(String file, Checksums.Entry expected) {
    if (!disk.exists(path(file))) {
      throw new LonghouseException(
          ErrorCode.NO_FILE_IN_DATA_PART,
          "File " + disk.absolute(path(file)) + " of part " + name + " doesn't exist");
    }
    // A projection is a folder.
    long found = file.endsWith(".proj") ? expected.size() : disk.size(path(file));
    if (found != expected.size()) {
      throw new LonghouseException(
          ErrorCode.BAD_SIZE_OF_FILE_IN_DATA_PART,
          disk.absolute(path(file))
              + " of part "
              + name
              + " has unexpected size: "
              + found
              + " instead of "
              + expected.size());
    }
  }

  /**
   * The bytes of a file that is not compressed, as long and with the hash that the checksums say.
   */
  private byte[] plain(String file) {
    byte[] bytes = disk.readAll(path(file));
    Checksums.Entry expected = checksums.files().get(file);
    var hash = new PieceHash();
    hash.update(bytes, 0, bytes.length);
    hash.finish();
    boolean same =
        expected == null
            || expected.size() == bytes.length
                && expected.hash().equals(new Checksums.Hash(hash.low(), hash.high()));
    if (!same) {
      throw new LonghouseException(
          ErrorCode.CHECKSUM_DOESNT_MATCH,
          "Checksum mismatch for file " + disk.absolute(path(file)) + " of part " + name);
    }
    return bytes;
  }

  private long number(String text, String file) {
    if (!text.strip().matches("[0-9]{1,18}")) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA,
          "Cannot parse file " + disk.absolute(path(file)) + " of part " + name);
    }
    return Long.parseLong(text.strip());
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
                text("columns_substreams.txt"), path("columns_substreams.txt"));
    boolean same = noted == null || noted.equals(columns.stream().map(Header.Field::name).toList());
    // A part that lost all its rows has no data.
    for (Header.Field f : isWide() && rows > 0 ? columns : List.<Header.Field>of()) {
      same &= hasFilesOf(f);
    }
    if (!same) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA,
          "The columns in "
              + disk.absolute(path("columns.txt"))
              + " of part "
              + name
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
    return new DataPart(disk, newFolder, newName, schema);
  }

  private String path(String file) {
    return folder + "/" + file;
  }

  private String text(String file) {
    return new String(disk.readAll(path(file)), StandardCharsets.UTF_8);
  }

  private String findMarkExtension() {
    for (String file : checksums.files().keySet()) {
      if (file.startsWith("skp_idx_")) {
        continue;
      }
      for (String e : MARK_EXTENSIONS) {
        if (file.endsWith(e)) {
          return e;
        }
      }
    }
    return ".cmrk2";
  }

  private List<Column> readPartition() {
    List<Column> values = new ArrayList<>();
    if (schema.partitionKey().isEmpty() || !has("partition.dat")) {
      return values;
    }
    var in = new ByteReader(plain("partition.dat"));
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
      ranges.add(MinMaxIndex.readRange(f.type(), plain(file)));
    }
    return new MinMaxIndex(schema.minMaxColumns(), ranges);
  }

  /** Whether a file has a line in the checksums. */
  public boolean has(String file) {
    return checksums.files().containsKey(file);
  }

  public Disk disk() {
    return disk;
  }

  /** Path on the disk. */
  public String folder() {
    return folder;
  }

  public PartName name() {
    return name;
  }

  public PartSchema schema() {
    return schema;
  }

  public Checksums checksums() {
    return checksums;
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
    return !markExtension.endsWith("3") && !markExtension.endsWith("4");
  }

  /** Whether its marks say how many rows a granule has. */
  public boolean isAdaptive() {
    return !markExtension.endsWith("mrk");
  }

  public String markExtension() {
    return markExtension;
  }

  /** Bytes of all files. */
  public long bytesOnDisk() {
    return checksums.totalBytes();
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
    DiskFile known = files.get(file);
    return known != null ? known : files.computeIfAbsent(file, f -> disk.open(path(f)));
  }

  /** The file of a substream, whose name may have been too long. */
  String streamFile(String substream) {
    return has(substream + ".bin") ? substream : PartWriter.fileName(substream);
  }

  /** The marks of a substream of a Wide part. */
  Marks streamMarks(String file) {
    Marks known = marks.get(file);
    return known != null
        ? known
        : marks.computeIfAbsent(file, f -> readMarks(f + markExtension, 1, isAdaptive()));
  }

  /** Compressed marks have hashes of their own. */
  private Marks readMarks(String file, int streams, boolean adaptive) {
    return markExtension.startsWith(".c")
        ? Marks.read(file(file), true, streams, adaptive)
        : Marks.of(plain(file), disk.absolute(path(file)), streams, adaptive);
  }

  /** The marks of a Compact part. */
  Marks compactMarks() {
    return marks.computeIfAbsent(
        "data",
        f -> {
          int streams =
              substreams == null ? columns.size() : substreams.stream().mapToInt(List::size).sum();
          return readMarks(f + markExtension, streams, true);
        });
  }

  /** How many marks each stream has, that behind the last granule included. */
  public int marks() {
    if (rows == 0) {
      return 0;
    }
    if (!isWide()) {
      return compactMarks().count();
    }
    for (String file : checksums.files().keySet()) {
      if (file.endsWith(markExtension) && !file.startsWith("skp_idx_")) {
        return streamMarks(file.substring(0, file.length() - markExtension.length())).count();
      }
    }
    return 0;
  }

  /** Rows of the granules. */
  public Granularity granularity() {
    Granularity g = granularity;
    if (g == null) {
      g = readGranularity();
      granularity = g;
    }
    return g;
  }

  private Granularity readGranularity() {
    // In a wide part the file of that name would be a column's.
    if (!isWide() && has("data" + markExtension)) {
      return compactMarks().granularity();
    }
    for (String file : checksums.files().keySet()) {
      if (file.endsWith(markExtension) && !file.startsWith("skp_idx_")) {
        Marks m = streamMarks(file.substring(0, file.length() - markExtension.length()));
        // Without rows in the marks all granules but the last one have as many as the table says;
        // the number of marks tells which of the usual sizes that is.
        return isAdaptive() ? m.granularity() : fixedGranularity(m.count());
      }
    }
    if (checksums.files().keySet().stream().anyMatch(f -> f.endsWith(".bin"))) {
      throw new LonghouseException(
          ErrorCode.CORRUPTED_DATA, "Part " + name + " has no marks in " + folder);
    }
    return Granularity.of(new int[0], 0);
  }

  private Granularity fixedGranularity(int marks) {
    int granule = 8192;
    if (marks > 0 && (rows + granule - 1) / granule != marks) {
      granule = Integer.highestOneBit((int) Math.min(1 << 30, (rows + marks - 1) / marks));
      while ((rows + granule - 1) / granule > marks) {
        granule *= 2;
      }
      if ((rows + granule - 1) / granule != marks) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Part "
                + name
                + " has "
                + marks
                + " marks for "
                + rows
                + " rows and does not say how many rows a granule has");
      }
    }
    return Granularity.fixed(rows, granule);
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
              ? new ByteReader(new CompressedFile(file("primary.cidx"), 1 << 16))
              : new ByteReader(has("primary.idx") ? plain("primary.idx") : new byte[0]);
      i = PrimaryIndex.read(in, schema.primaryKey(), granularity().count() + 1);
      index = i;
    }
    return i;
  }

  /** Gives the memory of the marks back until they are needed again. */
  public void forgetMarks() {
    marks.clear();
  }

  /** The same for the primary index. */
  public void forgetPrimaryIndex() {
    index = null;
  }

  /** Reads all marks. */
  public void loadMarks() {
    if (!isWide()) {
      compactMarks();
      return;
    }
    for (String file : checksums.files().keySet()) {
      if (file.endsWith(markExtension) && !file.startsWith("skp_idx_")) {
        streamMarks(file.substring(0, file.length() - markExtension.length()));
      }
    }
  }

  /** Notes that there is a frozen copy of the part. */
  public void froze() {
    frozen = true;
  }

  /** Whether the part was frozen since it was opened. */
  public boolean isFrozen() {
    return frozen;
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
    return marks.values().stream().mapToLong(Marks::retainedBytes).sum()
        + (i == null ? 0 : i.retainedBytes());
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
