package io.longhouse.storage.part;

import io.longhouse.column.Column;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.serial.DefaultValues;
import io.longhouse.column.serial.SerializationKind;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of {@code serialization.json}: which columns are written sparse, and how many
 * defaults were counted, which decides about the parts that this one is merged into.
 *
 * @param sizedStrings whether columns of strings are in two streams
 * @param sizedNested whether strings inside other types are too
 */
public record SerializationInfos(
    Map<String, Info> columns, boolean sizedStrings, boolean sizedNested) {
  /** What a part without the file has: strings in one stream, nothing sparse. */
  public static final SerializationInfos OLD = new SerializationInfos(Map.of(), false, false);

  public SerializationInfos {
    columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  /** Counts of one column or element of a tuple. */
  public record Info(boolean sparse, long defaults, long rows, List<Info> elements) {
    static final Info EMPTY = new Info(false, 0, 0, List.of());

    public Info {
      elements = List.copyOf(elements);
    }

    public SerializationKind kind() {
      return new SerializationKind(sparse, elements.stream().map(Info::kind).toList());
    }

    /** Counts of both, the kind chosen anew. */
    Info plus(Info other, double ratio) {
      List<Info> sum = new ArrayList<>();
      for (int i = 0; i < Math.max(elements.size(), other.elements.size()); i++) {
        Info a = i < elements.size() ? elements.get(i) : EMPTY;
        Info b = i < other.elements.size() ? other.elements.get(i) : EMPTY;
        sum.add(a.plus(b, ratio));
      }
      long d = defaults + other.defaults;
      long n = rows + other.rows;
      return new Info(sum.isEmpty() && isSparse(d, n, ratio), d, n, sum);
    }

    private static boolean isSparse(long defaults, long rows, double ratio) {
      return rows > 0 && (double) defaults / rows > ratio;
    }
  }

  /** Whether strings of a column of that type are in two streams. */
  public boolean sizedStrings(DataType type) {
    return type instanceof StringType ? sizedStrings : sizedNested;
  }

  public SerializationKind kind(String column) {
    Info info = columns.get(column);
    return info == null ? SerializationKind.DEFAULT : info.kind();
  }

  /**
   * Counts the defaults of new columns.
   *
   * @param ratio of defaults above which a column is sparse; 1 counts nothing
   */
  public static SerializationInfos of(
      List<PartColumn> columns, Column[] values, double ratio, boolean sizedStrings) {
    Map<String, Info> infos = new TreeMap<>();
    for (int i = 0; ratio < 1 && i < values.length; i++) {
      DataType type = columns.get(i).type();
      if (hasInfo(type)) {
        infos.put(columns.get(i).name(), count(type, values[i], ratio));
      }
    }
    return new SerializationInfos(infos, sizedStrings, sizedStrings);
  }

  /** The counts of parts added up; the kinds follow from the sums. */
  public static SerializationInfos merge(
      List<PartColumn> columns,
      List<SerializationInfos> parts,
      List<Long> rows,
      double ratio,
      boolean sizedStrings) {
    Map<String, Info> infos = new TreeMap<>();
    for (PartColumn c : columns) {
      if (ratio >= 1 || !hasInfo(c.type())) {
        continue;
      }
      Info sum = empty(c.type());
      for (int i = 0; i < parts.size(); i++) {
        Info known = parts.get(i).columns.get(c.name());
        sum = sum.plus(known == null ? new Info(false, 0, rows.get(i), List.of()) : known, ratio);
      }
      infos.put(c.name(), sum);
    }
    return new SerializationInfos(infos, sizedStrings, sizedStrings);
  }

  /** These with what {@code other} knows of some columns, without those that are gone. */
  public SerializationInfos with(
      List<PartColumn> columns, SerializationInfos other, Map<String, String> oldNames) {
    Map<String, Info> all = new TreeMap<>();
    for (PartColumn c : columns) {
      Info info = other.columns.get(c.name());
      if (info == null) {
        info = this.columns.get(oldNames.getOrDefault(c.name(), c.name()));
      }
      if (info != null) {
        all.put(c.name(), info);
      }
    }
    return new SerializationInfos(all, sizedStrings, sizedNested);
  }

  private static Info empty(DataType type) {
    return type instanceof TupleType t
        ? new Info(false, 0, 0, t.elements().stream().map(SerializationInfos::empty).toList())
        : Info.EMPTY;
  }

  static boolean hasInfo(DataType type) {
    return type instanceof TupleType t
        ? !t.elements().isEmpty() && t.elements().stream().anyMatch(SerializationInfos::hasInfo)
        : DefaultValues.maySparse(type);
  }

  private static Info count(DataType type, Column column, double ratio) {
    long defaults = DefaultValues.estimate(column);
    int rows = column.size();
    if (type instanceof TupleType t) {
      List<Info> elements = new ArrayList<>();
      var tuple = (TupleColumn) column;
      for (int i = 0; i < t.elements().size(); i++) {
        DataType e = t.elements().get(i);
        Column c = tuple.elements().get(i);
        elements.add(
            hasInfo(e)
                ? count(e, c, ratio)
                : new Info(false, DefaultValues.estimate(c), rows, List.of()));
      }
      return new Info(false, defaults, rows, elements);
    }
    return new Info(Info.isSparse(defaults, rows, ratio), defaults, rows, List.of());
  }

  /** The text of {@code serialization.json}. */
  public String toJson() {
    var out = new StringBuilder("{\"columns\":[");
    String comma = "";
    for (var e : columns.entrySet()) {
      out.append(comma);
      append(e.getValue(), e.getKey(), out);
      comma = ",";
    }
    return out.append("],\"propagate_types_serialization_versions_to_nested_types\":true,")
        .append("\"types_serialization_versions\":{\"string\":")
        .append(sizedStrings ? 1 : 0)
        .append("},\"version\":1}")
        .toString();
  }

  private static void append(Info info, String name, StringBuilder out) {
    out.append("{\"kind\":\"").append(info.sparse ? "Sparse" : "Default").append('"');
    if (!name.isEmpty()) {
      out.append(",\"name\":").append(JsonText.quoted(name));
    }
    out.append(",\"num_defaults\":").append(info.defaults);
    out.append(",\"num_rows\":").append(info.rows);
    if (!info.elements.isEmpty()) {
      out.append(",\"subcolumns\":[");
      String comma = "";
      for (Info e : info.elements) {
        out.append(comma);
        append(e, "", out);
        comma = ",";
      }
      out.append(']');
    }
    out.append('}');
  }

  /**
   * @param where the file's path, for messages
   */
  public static SerializationInfos read(String json, String where) {
    Map<?, ?> top = JsonText.readObject(json, where);
    Map<String, Info> infos = new TreeMap<>();
    if (top.get("columns") instanceof List<?> list) {
      for (Object o : list) {
        if (o instanceof Map<?, ?> m && m.get("name") instanceof String name) {
          infos.put(name, info(m));
        }
      }
    }
    boolean sized =
        top.get("types_serialization_versions") instanceof Map<?, ?> v
            && Long.valueOf(1).equals(v.get("string"));
    boolean nested =
        Boolean.TRUE.equals(top.get("propagate_types_serialization_versions_to_nested_types"));
    return new SerializationInfos(infos, sized, sized && nested);
  }

  private static Info info(Map<?, ?> m) {
    List<Info> elements = new ArrayList<>();
    if (m.get("subcolumns") instanceof List<?> list) {
      for (Object o : list) {
        elements.add(o instanceof Map<?, ?> e ? info(e) : Info.EMPTY);
      }
    }
    return new Info(
        "Sparse".equals(m.get("kind")), number(m, "num_defaults"), number(m, "num_rows"), elements);
  }

  private static long number(Map<?, ?> m, String key) {
    return m.get(key) instanceof Long v ? v : 0;
  }
}
