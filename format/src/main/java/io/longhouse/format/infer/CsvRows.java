package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.format.infer.Guess.Kind;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields between commas, or what a setting names in their place. */
final class CsvRows extends TextRows {
  private final char delimiter;
  private final QuotedValues values;
  private final Joining joining;

  CsvRows(InferenceSettings settings, ByteReader in) {
    super(settings, in);
    this.delimiter = settings.format.formatCsvDelimiter;
    this.joining = new Joining(settings, false);
    this.values = new QuotedValues(settings, joining);
    for (long i = 0; i < settings.format.inputFormatCsvSkipFirstLines && !in.atEnd(); i++) {
      while (in.peek() >= 0 && in.next() != '\n') {
        // The line is not looked at.
      }
    }
  }

  @Override
  boolean detectsNames() {
    return settings.format.inputFormatCsvDetectHeader;
  }

  @Override
  Columns columns() {
    return new Columns(settings, Columns.Mode.TEXT, joining);
  }

  @Override
  @Nullable List<Field> row() {
    if (in.atEnd()) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    while (true) {
      fields.add(field());
      if (!in.accept(delimiter)) {
        in.accept('\r');
        in.accept('\n');
        return fields;
      }
    }
  }

  private void skipBlanks() {
    if (settings.format.inputFormatCsvTrimWhitespaces) {
      while ((in.peek() == ' ' || in.peek() == '\t') && in.peek() != delimiter) {
        in.next();
      }
    }
  }

  private Field field() {
    skipBlanks();
    int c = in.peek();
    boolean quoted =
        c == '"' && settings.format.formatCsvAllowDoubleQuotes
            || c == '\'' && settings.format.formatCsvAllowSingleQuotes;
    if (quoted) {
      ByteWriter text = StringText.read(in, TextForm.CSV, settings.format);
      String content = ByteText.decode(text.buffer(), 0, text.position());
      skipBlanks();
      return new Field(content, inQuotes(content));
    }
    String text = plain();
    if (text.length() > 1 && c == '\'' && text.endsWith("'")) {
      String content = text.substring(1, text.length() - 1);
      return new Field(text, inQuotes(content));
    }
    return new Field(text, plain(text));
  }

  private String plain() {
    var out = new ByteWriter(32);
    for (int c = in.peek(); c >= 0 && c != delimiter && c != '\n' && c != '\r'; c = in.peek()) {
      out.writeByte(in.next());
    }
    String text = ByteText.decode(out.buffer(), 0, out.position());
    return settings.format.inputFormatCsvTrimWhitespaces ? text.stripTrailing() : text;
  }

  private Guess inQuotes(String text) {
    if (!settings.csvGuess) {
      return Guess.of(Kind.STRING);
    }
    ScalarText scalars = values.scalars();
    Kind number = settings.csvNumbersInQuotes ? number(text) : null;
    Kind kind = number != null ? number : scalars.moment(text);
    if (kind != null) {
      return Guess.of(kind);
    }
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    if (first != '[' && first != '{' && (first != '(' || settings.csvTuplesAreStrings)) {
      return Guess.of(Kind.STRING);
    }
    try {
      Guess g = values.whole(ByteText.encode(text));
      return g == null ? Guess.of(Kind.STRING) : g;
    } catch (LonghouseException e) {
      // A quote that does not end and the like: text.
      return Guess.of(Kind.STRING);
    }
  }

  private Guess plain(String text) {
    if (text.isEmpty()) {
      return Guess.NOTHING;
    }
    if (text.equals(settings.format.formatCsvNullRepresentation)) {
      return Guess.NULL;
    }
    if (!settings.csvGuess) {
      return Guess.of(Kind.STRING);
    }
    if (text.equals(settings.format.boolTrueRepresentation)
        || text.equals(settings.format.boolFalseRepresentation)) {
      return Guess.of(Kind.BOOL);
    }
    Kind number = number(text);
    Kind kind = number != null ? number : values.scalars().moment(text);
    return Guess.of(kind == null ? Kind.STRING : kind);
  }

  private @Nullable Kind number(String text) {
    return ScalarText.isFloatWord(text)
        ? Kind.FLOAT64
        : values.scalars().number(text, settings.exponents);
  }
}
