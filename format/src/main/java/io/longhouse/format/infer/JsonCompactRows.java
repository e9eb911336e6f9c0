package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.type.TextErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of JSON for each row. */
final class JsonCompactRows extends TextRows {
  private final Joining joining;
  private final JsonValues values;

  JsonCompactRows(InferenceSettings settings, ByteReader in) {
    super(settings, in);
    joining = new Joining(settings, true);
    values = new JsonValues(settings, joining);
  }

  @Override
  boolean detectsNames() {
    return false;
  }

  @Override
  Columns columns() {
    return new Columns(settings, Columns.Mode.JSON, joining);
  }

  @Override
  @Nullable List<Field> row() {
    TextErrors.skipWhitespace(in);
    while (in.accept(',') || in.accept(';')) {
      TextErrors.skipWhitespace(in);
    }
    if (in.atEnd()) {
      return null;
    }
    TextErrors.require('[', in);
    List<Field> fields = new ArrayList<>();
    for (TextErrors.skipWhitespace(in); in.peek() != ']'; TextErrors.skipWhitespace(in)) {
      if (!fields.isEmpty()) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      if (in.peek() == '"') {
        String text = values.text(in);
        fields.add(new Field(text, values.string(text)));
      } else {
        fields.add(new Field("", values.value(in)));
      }
    }
    in.next();
    return fields;
  }
}
