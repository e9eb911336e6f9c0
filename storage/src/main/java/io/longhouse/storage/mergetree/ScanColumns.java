package io.longhouse.storage.mergetree;

import io.longhouse.column.Header;
import io.longhouse.column.serial.Subcolumns;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of a query resolved to columns of a table, parts of their types, or virtual columns. */
final class ScanColumns {
  /** What a name means. */
  sealed interface Target {
    DataType type();

    /** Stored column {@code place}, or a part of its type. */
    record Stored(int place, @Nullable String subcolumn, DataType type) implements Target {}

    /** A virtual column. */
    record Virtual(VirtualColumn column, DataType type) implements Target {}
  }

  private ScanColumns() {}

  static List<Target> resolve(MergeTreeMetadata metadata, List<String> names) {
    List<Target> targets = new ArrayList<>();
    for (String n : names) {
      targets.add(resolve(metadata, n));
    }
    return targets;
  }

  static Header header(List<String> names, List<Target> targets) {
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Header.Field(names.get(i), targets.get(i).type()));
    }
    return new Header(fields);
  }

  private static Target resolve(MergeTreeMetadata metadata, String name) {
    int place = metadata.place(name);
    if (place >= 0) {
      return new Target.Stored(place, null, metadata.columns().get(place).type());
    }
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      place = metadata.place(name.substring(0, dot));
      if (place >= 0) {
        String rest = name.substring(dot + 1);
        Subcolumns.Subcolumn sub = Subcolumns.find(metadata.columns().get(place).type(), rest);
        if (sub != null) {
          return new Target.Stored(place, rest, sub.type());
        }
      }
    }
    VirtualColumn v = VirtualColumn.find(name);
    if (v != null) {
      return new Target.Virtual(v, v.type(metadata));
    }
    throw new LonghouseException(
        ErrorCode.NOT_FOUND_COLUMN_IN_BLOCK, "Not found column " + name + " in table");
  }
}
