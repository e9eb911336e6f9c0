package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextForm;
import io.longhouse.format.infer.Guess.Kind;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields between tabs. */
final class TabSeparatedRows extends TextRows {
  private final boolean raw;
  private final byte[] nullText;
  private final QuotedValues values;
  private final Joining joining;

  TabSeparatedRows(InferenceSettings settings, ByteReader in, boolean raw) {
    super(settings, in);
    this.raw = raw;
    this.nullText = ByteText.encode(settings.format.formatTsvNullRepresentation);
    this.joining = new Joining(settings, false);
    this.values = new QuotedValues(settings, joining);
    for (long i = 0; i < settings.format.inputFormatTsvSkipFirstLines && !in.atEnd(); i++) {
      row();
    }
  }

  @Override
  boolean detectsNames() {
    return settings.format.inputFormatTsvDetectHeader;
  }

  @Override
  Columns columns() {
    return new Columns(settings, Columns.Mode.TEXT, joining);
  }

  @Override
  @Nullable List<Field> row() {
    List<byte[]> fields = fieldBytes();
    return fields == null ? null : fields.stream().map(this::field).toList();
  }

  /** The next row's fields as they stand there; null at the end. */
  @Nullable List<byte[]> fieldBytes() {
    if (in.atEnd()) {
      return null;
    }
    List<byte[]> fields = new ArrayList<>();
    while (true) {
      fields.add(bytes());
      if (!in.accept('\t')) {
        in.accept('\r');
        in.accept('\n');
        return fields;
      }
    }
  }

  /** The bytes of a field as they stand there. */
  private byte[] bytes() {
    var out = new ByteWriter(64);
    for (int c = in.peek(); c >= 0 && c != '\t' && c != '\n'; c = in.peek()) {
      if (c == '\r' && settings.format.inputFormatTsvCrlfEndOfLine && in.peek(1) == '\n') {
        break;
      }
      out.writeByte(in.next());
      if (c == '\\' && !raw && in.peek() >= 0) {
        out.writeByte(in.next());
      }
    }
    return out.toByteArray();
  }

  /** A field's content as text. */
  String text(byte[] bytes) {
    return ByteText.decode(raw ? bytes : unescaped(bytes));
  }

  Field field(byte[] bytes) {
    if (bytes.length == 0) {
      return new Field("", Guess.NOTHING);
    }
    if (Arrays.equals(bytes, nullText)) {
      return new Field("", Guess.NULL);
    }
    String text = text(bytes);
    // Escapes within nested values are those of the values.
    return new Field(text, guess(text, bytes));
  }

  private byte[] unescaped(byte[] bytes) {
    var out = new ByteWriter(bytes.length);
    StringText.readInto(new ByteReader(bytes), TextForm.ESCAPED, settings.format, out);
    return out.toByteArray();
  }

  private Guess guess(String text, byte[] content) {
    if (!settings.tsvGuess) {
      return Guess.of(Kind.STRING);
    }
    Kind moment = values.scalars().moment(text);
    if (moment != null) {
      return Guess.of(moment);
    }
    try {
      Guess g = values.whole(content);
      return g == null ? Guess.of(Kind.STRING) : g;
    } catch (io.longhouse.sql.LonghouseException e) {
      // A quote that does not end and the like: text.
      return Guess.of(Kind.STRING);
    }
  }
}
