package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.format.infer.Guess.Kind;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Guesses for values of JSON. */
final class JsonValues {
  private static final int DEPTH_MAX = 1000;

  private final InferenceSettings settings;
  private final Joining joining;
  private final ScalarText scalars;
  private int depth;

  JsonValues(InferenceSettings settings, Joining joining) {
    this.settings = settings;
    this.joining = joining;
    this.scalars = new ScalarText(settings);
  }

  /** Reads a value. */
  Guess value(ByteReader in) {
    TextErrors.skipWhitespace(in);
    if (depth == DEPTH_MAX) {
      throw new LonghouseException(ErrorCode.TOO_DEEP_RECURSION, "JSON is nested too deep");
    }
    depth++;
    try {
      return switch (in.peek()) {
        case '[' -> array(in);
        case '{' -> object(in);
        case '"' -> string(text(in));
        case 't' -> word(in, "true", Guess.of(Kind.BOOL));
        case 'f' -> word(in, "false", Guess.of(Kind.BOOL));
        case 'n' -> word(in, "null", Guess.NULL);
        default -> number(in);
      };
    } finally {
      depth--;
    }
  }

  /** Reads a string. */
  String text(ByteReader in) {
    ByteWriter text = StringText.read(in, TextForm.JSON, settings.format);
    return ByteText.decode(text.buffer(), 0, text.position());
  }

  /** What a string's content is guessed to be. */
  Guess string(String text) {
    if (settings.jsonNumbersInStrings) {
      Kind number = scalars.number(text, true);
      if (number != null) {
        return Guess.of(number);
      }
    }
    Kind moment = scalars.moment(text);
    return Guess.of(moment == null ? Kind.STRING : moment);
  }

  private static Guess word(ByteReader in, String word, Guess guess) {
    TextErrors.require(word, in);
    return guess;
  }

  private Guess number(ByteReader in) {
    var text = new StringBuilder();
    int c = in.peek();
    while (c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E') {
      text.append((char) in.next());
      c = in.peek();
    }
    Kind kind = scalars.number(text.toString(), true);
    if (kind == null) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "Cannot read JSON value: unexpected symbol at " + in.count());
    }
    if (text.charAt(0) == '-') {
      joining.negative();
    }
    return Guess.of(kind);
  }

  private Guess array(ByteReader in) {
    in.next();
    List<Guess> all = new ArrayList<>();
    Guess element = Guess.NOTHING;
    boolean same = true;
    for (TextErrors.skipWhitespace(in); in.peek() != ']'; TextErrors.skipWhitespace(in)) {
      if (!all.isEmpty()) {
        TextErrors.require(',', in);
      }
      Guess g = value(in);
      all.add(g);
      Guess joined = same ? joining.elements(element, g) : null;
      same = joined != null;
      element = joined == null ? element : joined;
    }
    in.next();
    if (same) {
      return new Guess.Many(element, false);
    }
    return settings.jsonDynamicArrays
        ? new Guess.Many(Guess.of(Kind.DYNAMIC), false)
        : new Guess.Row(all, false);
  }

  private Guess object(ByteReader in) {
    Map<String, Guess> fields = fields(in);
    if (settings.jsonObjectsAreTuples) {
      return new Guess.Fields(fields, false);
    }
    if (settings.jsonObjectsAsStrings) {
      return Guess.of(Kind.STRING);
    }
    Guess value = Guess.NOTHING;
    for (Guess g : fields.values()) {
      Guess joined = joining.rows(value, g);
      value = joined == null ? Guess.of(Kind.STRING) : joined;
    }
    return new Guess.MapOf(Guess.of(Kind.STRING), value, false);
  }

  /** Reads an object: its keys and what their values are. */
  Map<String, Guess> fields(ByteReader in) {
    TextErrors.require('{', in);
    Map<String, Guess> fields = new LinkedHashMap<>();
    for (TextErrors.skipWhitespace(in); in.peek() != '}'; TextErrors.skipWhitespace(in)) {
      if (!fields.isEmpty()) {
        TextErrors.require(',', in);
        TextErrors.skipWhitespace(in);
      }
      if (in.atEnd()) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "Unexpected EOF while reading JSON object");
      }
      String key = text(in);
      TextErrors.skipWhitespace(in);
      TextErrors.require(':', in);
      if (fields.put(key, value(in)) != null) {
        throw Columns.duplicate(key);
      }
      TextErrors.skipWhitespace(in);
      if (in.atEnd()) {
        throw new LonghouseException(
            ErrorCode.INCORRECT_DATA, "Unexpected EOF while reading JSON object");
      }
    }
    in.next();
    return fields;
  }
}
