package io.longhouse.storage.part;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.serial.WireForm;
import io.longhouse.column.type.DataType;
import io.longhouse.storage.disk.LocalDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part's rows in the Native format, to be compared with what ClickHouse prints. */
final class PartDump {
  private PartDump() {}

  public static void main(String[] args) throws Exception {
    Path part = Path.of(args[0]);
    Files.write(Path.of(args[1]), nativeOf(open(part, PartSchema.NONE), Integer.parseInt(args[2])));
  }

  static DataPart open(Path part, PartSchema schema) {
    var disk = new LocalDisk("test", part.getParent());
    String name = part.getFileName().toString();
    return DataPart.open(disk, name, PartName.parse(name), schema);
  }

  /** All rows as one block, read in ranges of {@code granules}. */
  static byte[] nativeOf(DataPart part, int granules) {
    List<ColumnRequest> all = part.columns().stream().map(f -> ColumnRequest.of(f.name())).toList();
    var reader = new PartReader(part, all);
    int count = part.granularity().count();
    var out = new ByteWriter(1 << 16);
    out.writeVarUInt(all.size());
    out.writeVarUInt(part.rows());
    List<List<Column>> pieces = new ArrayList<>();
    all.forEach(_ -> pieces.add(new ArrayList<>()));
    for (int g = 0; g < count; g += granules) {
      List<Column> block = reader.read(g, Math.min(count, g + granules));
      for (int i = 0; i < block.size(); i++) {
        pieces.get(i).add(block.get(i));
      }
    }
    for (int i = 0; i < all.size(); i++) {
      DataType type = part.columns().get(i).type();
      out.writeString(part.columns().get(i).name());
      out.writeString(type.name());
      var whole = type.newBuilder(0);
      for (Column c : pieces.get(i)) {
        whole.appendRange(c.full(), 0, c.size());
      }
      WireForm.write(type, whole.build(), out);
    }
    return out.toByteArray();
  }
}
