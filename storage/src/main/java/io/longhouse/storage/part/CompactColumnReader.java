package io.longhouse.storage.part;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.serial.BulkSerialization;
import io.longhouse.column.serial.Subcolumns;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a Compact part, read granule by granule. */
final class CompactColumnReader implements PartReader.ColumnReader {
  private final CompactFile file;
  private final BulkSerialization serialization;
  private final DataType type;
  private final Subcolumns.@Nullable Subcolumn extracted;

  /** The mark of each substream; -1 for one that follows the one before without a mark. */
  private final int[] markOf;

  private final boolean[] opened;
  private final int endStream;
  private int granule;

  private CompactColumnReader(
      CompactFile file,
      BulkSerialization serialization,
      DataType type,
      Subcolumns.@Nullable Subcolumn extracted,
      int[] markOf) {
    this.endStream = Arrays.stream(markOf).max().orElse(0) + 1;
    this.file = file;
    this.serialization = serialization;
    this.type = type;
    this.extracted = extracted;
    this.markOf = markOf;
    this.opened = new boolean[markOf.length];
  }

  static PartReader.@Nullable ColumnReader open(
      CompactFile file, int place, ColumnRequest request) {
    Header.Field column = file.part.columns().get(place);
    SerializationInfos infos = file.part.serializationInfos();
    var whole =
        BulkSerialization.of(
            column.name(),
            column.type(),
            infos.kind(column.name()),
            BulkSerialization.Form.compact(infos.sizedStrings(column.type())));
    int[] markOf = new int[whole.substreams().size()];
    List<String> noted = file.part.substreamsOf(place);
    if (noted == null) {
      Arrays.fill(markOf, -1);
    } else {
      int base = 0;
      for (int i = 0; i < place; i++) {
        List<String> before = file.part.substreamsOf(i);
        base += before == null ? 1 : before.size();
      }
      for (int i = 0; i < markOf.length; i++) {
        String name = whole.substreams().get(i).name();
        int at = noted.indexOf(name);
        at = at < 0 ? noted.indexOf(PartWriter.fileName(name)) : at;
        markOf[i] = at < 0 ? -1 : base + at;
      }
      long placed = Arrays.stream(markOf).filter(m -> m >= 0).count();
      if (placed < markOf.length && placed < noted.size()) {
        throw new LonghouseException(
            ErrorCode.CORRUPTED_DATA,
            "File columns_substreams.txt of part "
                + file.part
                + " notes other substreams for column "
                + column.name()
                + " than its type has: "
                + noted);
      }
    }
    if (request.subcolumn() == null) {
      return new CompactColumnReader(
          file, whole, column.type(), null, firstMark(markOf, noted == null ? place : -1));
    }
    BulkSerialization.Sub sub = noted == null ? null : whole.sub(request.subcolumn());
    if (sub != null) {
      return new CompactColumnReader(file, sub.serialization(), sub.type(), null, markOf);
    }
    Subcolumns.Subcolumn extracted = Subcolumns.find(column.type(), request.subcolumn());
    return extracted == null
        ? null
        : new CompactColumnReader(
            file,
            whole,
            extracted.type(),
            extracted,
            firstMark(markOf, noted == null ? place : -1));
  }

  /** Without marks for substreams the column's own mark places the first of them. */
  private static int[] firstMark(int[] markOf, int columnMark) {
    if (columnMark >= 0) {
      markOf[0] = columnMark;
    }
    return markOf;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Column read(int from, int to) {
    Column first = readGranule(from);
    if (to == from + 1) {
      return first;
    }
    int rows = (int) file.part.granularity().rowsBetween(from, to);
    ColumnBuilder all = first.newBuilder(rows);
    all.appendRange(first.full(), 0, first.size());
    for (int g = from + 1; g < to; g++) {
      Column next = readGranule(g).full();
      all.appendRange(next, 0, next.size());
    }
    return all.build();
  }

  private Column readGranule(int g) {
    granule = g;
    Arrays.fill(opened, false);
    serialization.restart();
    serialization.readPrefix(this::open);
    Column c = serialization.read(file.part.granularity().rowsOf(g), this::open);
    return extracted == null ? c : extracted.of(c);
  }

  private ByteReader open(int stream) {
    if (!opened[stream]) {
      opened[stream] = true;
      if (markOf[stream] >= 0) {
        file.seek(granule, markOf[stream], endStream);
      }
    }
    return file.reader;
  }
}
