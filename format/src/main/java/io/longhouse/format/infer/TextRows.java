package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of fields in a fixed order, with or without lines of names and types. Without them a first
 * line that holds nothing but texts is taken for names when the values below are something else.
 */
abstract class TextRows {
  final InferenceSettings settings;
  final ByteReader in;

  TextRows(InferenceSettings settings, ByteReader in) {
    this.settings = settings;
    this.in = in;
  }

  /**
   * A value and what it is guessed to be.
   *
   * @param text the value as text, where it has to serve as a name
   */
  record Field(String text, Guess guess) {}

  /** The next row; null at the end. */
  abstract @Nullable List<Field> row();

  /** Whether such a format looks for names in its first line. */
  abstract boolean detectsNames();

  abstract Columns columns();

  /** Columns of the data; {@code format} tells by its name which lines are in front. */
  final List<Header.Field> columns(String format) {
    if (format.contains("WithNames")) {
      List<String> names = texts(row());
      if (format.endsWith("AndTypes")) {
        return described(names, texts(row()));
      }
      return guessed(names, new ArrayList<>());
    }
    List<List<Field>> seen = new ArrayList<>();
    List<Field> first = row();
    if (first == null) {
      throw new LonghouseException(ErrorCode.EMPTY_DATA_PASSED, "Cannot read rows from the data");
    }
    if (settings.names.isEmpty() && detectsNames() && isTexts(first)) {
      List<Header.Field> found = underNames(first, seen);
      if (found != null) {
        return found;
      }
    }
    seen.addFirst(first);
    return guessed(numbered(first.size()), seen);
  }

  private List<String> numbered(int count) {
    if (!settings.names.isEmpty()) {
      if (settings.names.size() != count) {
        throw different(settings.names.size(), count);
      }
      return settings.names;
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add("c" + i);
    }
    return names;
  }

  /**
   * Takes the first row for names if the rows behind tell so; else they are put into {@code seen}.
   */
  private @Nullable List<Header.Field> underNames(List<Field> first, List<List<Field>> seen) {
    List<Field> second = row();
    if (second == null) {
      return null;
    }
    seen.add(second);
    List<Field> third = null;
    if (second.size() == first.size() && isTexts(second) && areTypes(second)) {
      third = row();
      if (third != null) {
        return described(texts(first), texts(second));
      }
    }
    for (List<Field> r = second; r != null; r = row()) {
      if (r != second) {
        seen.add(r);
      }
      boolean allUnknown = r.stream().allMatch(f -> f.guess() instanceof Guess.Unknown);
      if (!allUnknown || seen.size() >= settings.rowsMax) {
        break;
      }
    }
    boolean other =
        seen.getLast().stream()
            .anyMatch(f ->
                !(f.guess() instanceof Guess.Unknown) && !Joining.is(f.guess(), Guess.Kind.STRING));
    if (!other) {
      return null;
    }
    List<String> names = texts(first);
    if (second.size() != names.size()) {
      throw different(names.size(), second.size());
    }
    return guessed(names, seen);
  }

  private static boolean isTexts(List<Field> row) {
    return row.stream().allMatch(f -> Joining.is(f.guess(), Guess.Kind.STRING));
  }

  private static boolean areTypes(List<Field> row) {
    try {
      row.forEach(f -> DataTypes.parse(f.text()));
      return true;
    } catch (LonghouseException e) {
      // Not the name of a type: a value.
      return false;
    }
  }

  private static List<String> texts(@Nullable List<Field> row) {
    if (row == null) {
      throw new LonghouseException(ErrorCode.EMPTY_DATA_PASSED, "Cannot read rows from the data");
    }
    return row.stream().map(Field::text).toList();
  }

  private static List<Header.Field> described(List<String> names, List<String> types) {
    if (types.size() != names.size()) {
      throw different(names.size(), types.size());
    }
    List<Header.Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      DataType type = DataTypes.parse(types.get(i));
      fields.add(new Header.Field(names.get(i), type));
    }
    return fields;
  }

  /** Guesses from rows at hand and all that follow. */
  private List<Header.Field> guessed(List<String> names, List<List<Field>> seen) {
    checkDistinct(names);
    Columns columns = columns();
    long n = 0;
    for (List<Field> row : seen) {
      add(row, names, columns);
      n++;
    }
    while (n < settings.rowsMax && in.count() < settings.bytesMax) {
      List<Field> row = row();
      if (row == null) {
        break;
      }
      add(row, names, columns);
      n++;
    }
    return columns.fields();
  }

  private static void checkDistinct(List<String> names) {
    Set<String> known = new HashSet<>();
    for (String name : names) {
      if (!known.add(name)) {
        throw Columns.duplicate(name);
      }
    }
  }

  private static void add(List<Field> row, List<String> names, Columns columns) {
    if (row.size() != names.size()) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Rows have different amount of values");
    }
    for (int i = 0; i < names.size(); i++) {
      columns.add(names.get(i), Integer.toString(i + 1), row.get(i).guess());
    }
    columns.endRow();
  }

  private static LonghouseException different(int names, int types) {
    return new LonghouseException(
        ErrorCode.INCORRECT_DATA,
        "The number of column names " + names + " differs with the number of types " + types);
  }
}
