package io.longhouse.format.infer;

import io.longhouse.column.Header;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of rows read so far, by name, in the order in which they were first seen. */
final class Columns {
  /** What is done with values of different kinds, and with columns of which too little was seen. */
  enum Mode {
    TEXT,
    VALUES,
    JSON
  }

  private final InferenceSettings settings;
  private final Mode mode;
  private final Joining joining;
  private final Map<String, Guess> guesses = new LinkedHashMap<>();
  private long rows;

  Columns(InferenceSettings settings, Mode mode, Joining joining) {
    this.settings = settings;
    this.mode = mode;
    this.joining = joining;
  }

  boolean isEmpty() {
    return guesses.isEmpty();
  }

  /** Ends a row. */
  void endRow() {
    rows++;
  }

  /** Adds a value of a column. */
  void add(String name, String shownName, Guess value) {
    Guess known = guesses.get(name);
    if (known == null) {
      guesses.put(name, value);
      return;
    }
    Guess joined = joining.rows(known, value);
    if (joined == null && mode == Mode.TEXT) {
      joined = Guess.of(Guess.Kind.STRING);
    }
    if (joined == null) {
      throw new LonghouseException(
          ErrorCode.TYPE_MISMATCH,
          "Automatically defined type "
              + GuessedType.describe(value)
              + " for column '"
              + shownName
              + "' in row "
              + rows
              + " differs from type defined by previous rows: "
              + GuessedType.describe(known)
              + ". You can specify the type for this column using setting schema_inference_hints");
    }
    guesses.put(name, joined);
  }

  /** What came of it, with hints in place of guesses. */
  List<Header.Field> fields() {
    if (guesses.isEmpty()) {
      throw new LonghouseException(ErrorCode.EMPTY_DATA_PASSED, "Cannot read rows from the data");
    }
    List<Header.Field> fields = new ArrayList<>();
    guesses.forEach((name, guess) -> fields.add(new Header.Field(name, type(name, guess))));
    return fields;
  }

  private DataType type(String name, Guess guess) {
    DataType hint = settings.hints.get(name);
    if (hint != null) {
      return hint;
    }
    boolean json = mode == Mode.JSON;
    @Nullable DataType type =
        new GuessedType(settings.nulls, json && settings.jsonIncompleteAsStrings).of(guess);
    if (type == null && mode == Mode.TEXT) {
      type = new GuessedType(settings.nulls, true).of(new Guess.Unknown(guess.nullable()));
    }
    if (type == null) {
      throw new LonghouseException(
          ErrorCode.ONLY_NULLS_WHILE_READING_SCHEMA,
          "Cannot determine type for column '"
              + name
              + "' by first "
              + rows
              + " rows of data, most likely this column contains only Nulls or empty Arrays/Maps."
              + " You can specify the type for this column using setting schema_inference_hints");
    }
    return type;
  }

  static LonghouseException duplicate(String name) {
    return new LonghouseException(
        ErrorCode.INCORRECT_DATA,
        "Duplicate column name found while schema inference: \"" + name + "\"");
  }
}
