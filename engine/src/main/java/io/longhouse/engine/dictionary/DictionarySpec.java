package io.longhouse.engine.dictionary;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.analyze.Analyzer;
import io.longhouse.function.expr.Expr;
import io.longhouse.function.expr.Program;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateDictionary;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.format.Formatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What CREATE DICTIONARY says, checked.
 *
 * @param columns all columns: keys, range, attributes in the order in which they are declared
 * @param keys places of the key's columns
 * @param rangeMin place of the column with the first value of a row's range, -1 without ranges
 * @param rangeMax place of the column with the last one
 */
record DictionarySpec(
    CreateDictionary statement,
    DictionaryLayout layout,
    DictionarySource source,
    List<Column> columns,
    List<Integer> keys,
    int rangeMin,
    int rangeMax) {
  /**
   * One column.
   *
   * @param defaultValue one row: the value for keys that are not there
   * @param expression over the source's columns, null where the source has the column itself
   */
  record Column(
      String name,
      DataType type,
      io.longhouse.column.Column defaultValue,
      @Nullable String expression,
      boolean hierarchical) {}

  DictionarySpec {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  /**
   * @throws LonghouseException INCORRECT_DICTIONARY_DEFINITION (489) and what is wrong with a type,
   *     a default, the source or the layout
   */
  static DictionarySpec of(CreateDictionary s, String database, Analyzer analyzer) {
    if (s.source() == null) {
      throw wrong("Cannot create dictionary with empty source");
    }
    if (s.layout() == null) {
      throw wrong("Cannot create dictionary with empty layout");
    }
    if (s.primaryKey().isEmpty()) {
      throw wrong("Cannot create dictionary without primary key");
    }
    List<Column> columns = new ArrayList<>();
    for (CreateDictionary.Attribute a : s.attributes()) {
      columns.add(column(a, analyzer));
    }
    DictionaryLayout layout = DictionaryLayout.of(s.layout().name());
    columns = ordered(columns, keys(s, columns), s.range());
    List<Integer> keys = keys(s, columns);
    if (!layout.isComplex()) {
      checkSimpleKey(keys, columns);
    }
    CreateDictionary.Range range = s.range();
    if (layout.isRanged() != (range != null)) {
      throw wrong(
          layout.isRanged()
              ? "Dictionary of layout " + layout + " needs RANGE"
              : "RANGE is for range_hashed layouts only");
    }
    return new DictionarySpec(
        s,
        layout,
        DictionarySource.of(s.source(), database),
        columns,
        keys,
        range == null ? -1 : place(columns, range.min()),
        range == null ? -1 : place(columns, range.max()));
  }

  /** Keys in front, then the range, then the attributes. */
  private static List<Column> ordered(
      List<Column> declared, List<Integer> keys, CreateDictionary.@Nullable Range range) {
    Set<Column> out = new LinkedHashSet<>();
    keys.forEach(k -> out.add(declared.get(k)));
    if (range != null) {
      out.add(declared.get(place(declared, range.min())));
      out.add(declared.get(place(declared, range.max())));
    }
    out.addAll(declared);
    return List.copyOf(out);
  }

  private static void checkSimpleKey(List<Integer> keys, List<Column> columns) {
    DataType type = columns.get(keys.getFirst()).type();
    if (keys.size() != 1 || !(type instanceof IntegerType)) {
      throw wrong("Primary key for simple dictionary must be one column of an integer type");
    }
  }

  private static LonghouseException wrong(String message) {
    return new LonghouseException(ErrorCode.INCORRECT_DICTIONARY_DEFINITION, message);
  }

  private static Column column(CreateDictionary.Attribute a, Analyzer analyzer) {
    DataType type = DataTypes.of(a.type());
    Expression given = a.defaultValue();
    io.longhouse.column.Column value = type.defaultValue();
    if (given != null) {
      Expr.Constant c = analyzer.constant(given);
      value = Program.constant(analyzer.castTo(c, type)).full();
    }
    Expression e = a.expression();
    return new Column(
        a.name(), type, value, e == null ? null : Formatter.formatOneLine(e), a.hierarchical());
  }

  private static List<Integer> keys(CreateDictionary s, List<Column> columns) {
    List<Integer> keys = new ArrayList<>();
    for (Expression e : s.primaryKey()) {
      String name = e.bare() instanceof Identifier id ? id.name() : Formatter.formatOneLine(e);
      int at = find(columns, name);
      if (at < 0) {
        throw wrong("Unknown key attribute '" + name + "'");
      }
      keys.add(at);
    }
    return keys;
  }

  private static int place(List<Column> columns, String name) {
    int at = find(columns, name);
    if (at < 0) {
      throw wrong("There is no column '" + name + "' for the RANGE of the dictionary");
    }
    return at;
  }

  private static int find(List<Column> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The type of the key as a lookup sees it: UInt64, or what the columns say. */
  List<DataType> keyTypes() {
    return layout.isComplex()
        ? keys.stream().map(k -> columns.get(k).type()).toList()
        : List.of(IntegerType.UINT64);
  }

  /** The columns that are neither key nor range. */
  List<Column> attributes() {
    List<Column> out = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (isAttribute(i)) {
        out.add(columns.get(i));
      }
    }
    return out;
  }

  private boolean isAttribute(int place) {
    return !keys.contains(place) && place != rangeMin && place != rangeMax;
  }

  /**
   * The place of an attribute.
   *
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  int attribute(String name) {
    int at = find(columns, name);
    if (at < 0 || !isAttribute(at)) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "No such attribute '" + name + "'");
    }
    return at;
  }

  /** The place of the attribute that names a row's parent, or -1. */
  int parent() {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).hierarchical()) {
        return i;
      }
    }
    return -1;
  }
}
