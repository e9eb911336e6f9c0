package io.longhouse.storage.part;

import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.compress.Codec;
import io.longhouse.column.compress.Codecs;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.column.type.DataType;
import io.longhouse.storage.MergeTreeSettings;
import io.longhouse.storage.disk.LocalDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the rows of a part anew, in one block, as an INSERT would. */
final class PartCopy {
  private PartCopy() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> changes = new java.util.HashMap<>();
    for (int i = 2; i < args.length; i++) {
      changes.put(args[i].split("=")[0], args[i].split("=")[1]);
    }
    DataPart part =
        PartDump.open(
            Path.of(args[0]),
            new PartSchema(
                List.of(
                    io.longhouse.column.type.IntegerType.UINT32,
                    io.longhouse.column.type.StringType.TYPE),
                List.of(),
                List.of()));
    copy(
        part,
        Path.of(args[1]),
        MergeTreeSettings.of(changes),
        List.of("k", "s"),
        Map.of("z", "ZSTD(1)", "dl", "Delta(4), ZSTD(1)"));
  }

  static void copy(
      DataPart part,
      Path target,
      MergeTreeSettings settings,
      List<String> keys,
      Map<String, String> codecs)
      throws Exception {
    List<PartColumn> columns = new ArrayList<>();
    for (var f : part.columns()) {
      String c = codecs.get(f.name());
      Codec codec = c == null ? Lz4Codec.INSTANCE : Codecs.parse(c);
      columns.add(new PartColumn(f.name(), f.type(), codec));
    }
    Column[] values = new Column[columns.size()];
    var reader =
        new PartReader(part, columns.stream().map(c -> ColumnRequest.of(c.name())).toList());
    for (int i = 0; i < values.length; i++) {
      ColumnBuilder b = columns.get(i).type().newBuilder(0);
      Column c = reader.read(i, 0, part.granularity().count()).full();
      b.appendRange(c, 0, c.size());
      values[i] = b.build();
    }
    Column[] keyColumns = new Column[keys.size()];
    List<DataType> keyTypes = new ArrayList<>();
    for (int i = 0; i < keyColumns.length; i++) {
      keyColumns[i] = values[part.columnPlace(keys.get(i))];
      keyTypes.add(part.columnType(keys.get(i)));
    }
    PartOptions options = PartOptions.of(settings);
    Files.createDirectories(target);
    var infos =
        SerializationInfos.of(columns, values, options.sparseRatio(), options.sizedStrings());
    try (var writer =
        PartWriter.open(
            part.isWide(),
            new LocalDisk("test", target.getParent()),
            target.getFileName().toString(),
            columns,
            keyTypes,
            infos,
            options)) {
      writer.write(values, keyColumns, values[0].size());
      writer.finish(Map.of(), 0);
    }
  }
}
