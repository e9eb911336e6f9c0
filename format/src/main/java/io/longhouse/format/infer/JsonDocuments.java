package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.TextErrors;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats of JSON but those with an array for each row. */
final class JsonDocuments {
  private final InferenceSettings settings;
  private final ByteReader in;
  private final Joining joining;
  private final JsonValues values;
  private final Columns columns;

  JsonDocuments(InferenceSettings settings, ByteReader in) {
    this.settings = settings;
    this.in = in;
    joining = new Joining(settings, true);
    values = new JsonValues(settings, joining);
    columns = new Columns(settings, Columns.Mode.JSON, joining);
  }

  /** An object for each row, one after the other or in an array. */
  List<Header.Field> objects() {
    boolean inArray = next() && in.accept('[');
    for (long n = 0; n < settings.rowsMax && in.count() < settings.bytesMax; n++) {
      if (!next() || inArray && in.peek() == ']') {
        break;
      }
      row(values.fields(in));
    }
    return columns.fields();
  }

  private void row(Map<String, Guess> fields) {
    fields.forEach((name, guess) -> columns.add(name, name, guess));
    columns.endRow();
  }

  /** Goes to the next value; answers whether there is one. */
  private boolean next() {
    TextErrors.skipWhitespace(in);
    while (in.accept(',') || in.accept(';')) {
      TextErrors.skipWhitespace(in);
    }
    return !in.atEnd();
  }

  /** An object with the rows of each column. */
  List<Header.Field> namedColumns() {
    next();
    TextErrors.require('{', in);
    while (next() && in.peek() != '}') {
      String name = values.text(in);
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      column(name);
    }
    return columns.fields();
  }

  /** An array with the rows of each column. */
  List<Header.Field> unnamedColumns() {
    next();
    TextErrors.require('[', in);
    for (int n = 1; next() && in.peek() != ']'; n++) {
      column("c" + n);
    }
    return columns.fields();
  }

  private void column(String name) {
    TextErrors.skipWhitespace(in);
    TextErrors.require('[', in);
    boolean empty = true;
    while (next() && in.peek() != ']') {
      columns.add(name, name, values.value(in));
      empty = false;
    }
    in.next();
    if (empty) {
      throw new LonghouseException(
          ErrorCode.ONLY_NULLS_WHILE_READING_SCHEMA,
          "Cannot determine type for column '" + name + "', it has no rows");
    }
  }

  /** What the list {@code meta} says at the beginning; null if there is none. */
  @Nullable List<Header.Field> meta() {
    in.mark();
    next();
    TextErrors.require('{', in);
    TextErrors.skipWhitespace(in);
    boolean found = in.peek() == '"' && values.text(in).equals("meta");
    if (!found) {
      in.rewind();
      in.unmark();
      return null;
    }
    in.unmark();
    TextErrors.skipWhitespace(in);
    TextErrors.require(':', in);
    TextErrors.skipWhitespace(in);
    TextErrors.require('[', in);
    List<Header.Field> fields = new ArrayList<>();
    while (next() && in.peek() != ']') {
      fields.add(described());
    }
    return fields;
  }

  private Header.Field described() {
    String name = "";
    String type = "";
    TextErrors.require('{', in);
    while (next() && in.peek() != '}') {
      String key = values.text(in);
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      TextErrors.skipWhitespace(in);
      String value = values.text(in);
      if (key.equals("name")) {
        name = value;
      } else if (key.equals("type")) {
        type = value;
      }
    }
    in.next();
    return new Header.Field(name, DataTypes.parse(type));
  }
}
