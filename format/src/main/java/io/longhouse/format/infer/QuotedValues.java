package io.longhouse.format.infer;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TextErrors;
import io.longhouse.column.type.TextForm;
import io.longhouse.format.infer.Guess.Kind;
import io.longhouse.sql.ByteText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values in the notation of VALUES: numbers, words, quoted strings, arrays, tuples, maps. A value
 * that is none of these is answered with null, wherever the reader stands then.
 */
final class QuotedValues {
  private static final int DEPTH_MAX = 1000;

  private final InferenceSettings settings;
  private final Joining joining;
  private final ScalarText scalars;
  private int depth;

  QuotedValues(InferenceSettings settings, Joining joining) {
    this.settings = settings;
    this.joining = joining;
    this.scalars = new ScalarText(settings);
  }

  ScalarText scalars() {
    return scalars;
  }

  /** The guess for a text that is one value and nothing else. */
  @Nullable Guess whole(byte[] text) {
    var in = new ByteReader(text);
    Guess g = value(in);
    if (!(g instanceof Guess.Scalar)) {
      TextErrors.skipWhitespace(in);
    }
    return g != null && in.atEnd() ? g : null;
  }

  @Nullable Guess value(ByteReader in) {
    TextErrors.skipWhitespace(in);
    if (depth == DEPTH_MAX) {
      return null;
    }
    depth++;
    try {
      return switch (in.peek()) {
        case '[' -> array(in);
        case '(' -> tuple(in);
        case '{' -> map(in);
        case '\'' -> string(in);
        case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(in);
        default -> word(in);
      };
    } finally {
      depth--;
    }
  }

  private @Nullable Guess array(ByteReader in) {
    in.next();
    Guess element = Guess.NOTHING;
    for (boolean first = true; !ends(in, ']'); first = false) {
      if (!first && !comma(in)) {
        return null;
      }
      if (ends(in, ']')) {
        break;
      }
      Guess g = value(in);
      Guess joined = g == null ? null : joining.elements(element, g);
      if (joined == null) {
        return null;
      }
      element = joined;
    }
    return in.accept(']') ? new Guess.Many(element, false) : null;
  }

  private @Nullable Guess tuple(ByteReader in) {
    in.next();
    List<Guess> elements = new ArrayList<>();
    while (!ends(in, ')')) {
      if (!elements.isEmpty() && !comma(in)) {
        return null;
      }
      if (ends(in, ')')) {
        break;
      }
      Guess g = value(in);
      if (g == null) {
        return null;
      }
      elements.add(g);
    }
    return in.accept(')') ? new Guess.Row(elements, false) : null;
  }

  private @Nullable Guess map(ByteReader in) {
    in.next();
    Guess key = Guess.NOTHING;
    Guess value = Guess.NOTHING;
    for (boolean first = true; !ends(in, '}'); first = false) {
      if (!first && !comma(in)) {
        return null;
      }
      Guess k = value(in);
      TextErrors.skipWhitespace(in);
      Guess v = k == null || !in.accept(':') ? null : value(in);
      Guess keys = k == null ? null : joining.elements(key, k);
      Guess values = v == null ? null : joining.elements(value, v);
      if (keys == null || values == null) {
        return null;
      }
      key = keys;
      value = values;
    }
    return in.accept('}') ? new Guess.MapOf(key, value, false) : null;
  }

  private static boolean ends(ByteReader in, char end) {
    TextErrors.skipWhitespace(in);
    int c = in.peek();
    return c == end || c < 0;
  }

  private static boolean comma(ByteReader in) {
    TextErrors.skipWhitespace(in);
    return in.accept(',');
  }

  private Guess string(ByteReader in) {
    ByteWriter text = StringText.read(in, TextForm.QUOTED, settings.format);
    Kind moment = scalars.moment(ByteText.decode(text.buffer(), 0, text.position()));
    return Guess.of(moment == null ? Kind.STRING : moment);
  }

  private @Nullable Guess number(ByteReader in) {
    var text = new StringBuilder();
    for (int c = in.peek(); isPartOfNumber(c, text); c = in.peek()) {
      text.append((char) in.next());
    }
    Kind kind = scalars.number(text.toString(), settings.exponents);
    boolean tooLarge = kind == Kind.FLOAT64 && text.indexOf(".") < 0 && isPlain(text);
    if (kind == null || tooLarge && settings.integers) {
      return null;
    }
    return Guess.of(kind);
  }

  private static boolean isPlain(CharSequence text) {
    return text.chars().noneMatch(c -> c == 'e' || c == 'E');
  }

  private static boolean isPartOfNumber(int c, StringBuilder before) {
    if (c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E') {
      return true;
    }
    char last = before.isEmpty() ? 'e' : before.charAt(before.length() - 1);
    return (c == '+' || c == '-') && (last == 'e' || last == 'E');
  }

  private @Nullable Guess word(ByteReader in) {
    var text = new StringBuilder();
    for (int c = in.peek(); c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'; c = in.peek()) {
      text.append((char) in.next());
    }
    return switch (text.toString().toLowerCase(Locale.ROOT)) {
      case "null" -> Guess.NULL;
      case "true", "false" -> Guess.of(Kind.BOOL);
      case "nan" -> Guess.of(Kind.FLOAT64);
      default -> null;
    };
  }
}
