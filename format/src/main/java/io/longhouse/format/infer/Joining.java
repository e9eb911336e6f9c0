package io.longhouse.format.infer;

import io.longhouse.format.infer.Guess.Kind;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Two guesses as one that holds the values of both. */
final class Joining {
  private final InferenceSettings settings;
  private final boolean json;
  private boolean negativeSeen;

  Joining(InferenceSettings settings, boolean json) {
    this.settings = settings;
    this.json = json;
  }

  /** A number below zero was read: with JSON no unsigned type can follow. */
  void negative() {
    negativeSeen = true;
  }

  /** The guess for two rows of a column; null if there is none. */
  @Nullable Guess rows(Guess a, Guess b) {
    return both(a, b, false);
  }

  /** The guess for elements of one array; null if there is none. */
  @Nullable Guess elements(Guess a, Guess b) {
    return both(a, b, json && settings.jsonDynamicArrays);
  }

  private @Nullable Guess both(Guess a, Guess b, boolean strictly) {
    if (a instanceof Guess.Unknown) {
      return a.nullable() ? b.orNull() : b;
    }
    if (b instanceof Guess.Unknown) {
      return b.nullable() ? a.orNull() : a;
    }
    Guess joined = known(a, b, strictly);
    return joined != null && (a.nullable() || b.nullable()) ? joined.orNull() : joined;
  }

  private @Nullable Guess known(Guess a, Guess b, boolean strictly) {
    if (is(a, Kind.DYNAMIC) || is(b, Kind.DYNAMIC)) {
      return Guess.of(Kind.DYNAMIC);
    }
    return switch (a) {
      case Guess.Scalar x when b instanceof Guess.Scalar y -> {
        Kind kind = scalars(x.kind(), y.kind(), strictly);
        yield kind == null ? null : Guess.of(kind);
      }
      case Guess.Many x when b instanceof Guess.Many y -> {
        Guess element = both(x.element(), y.element(), strictly);
        yield element == null ? null : new Guess.Many(element, false);
      }
      case Guess.Row x when b instanceof Guess.Row y -> tuples(x, y, strictly);
      case Guess.MapOf x when b instanceof Guess.MapOf y -> {
        Guess key = both(x.key(), y.key(), strictly);
        Guess value = both(x.value(), y.value(), strictly);
        yield key == null || value == null ? null : new Guess.MapOf(key, value, false);
      }
      case Guess.Fields x when b instanceof Guess.Fields y -> objects(x, y, strictly);
      default -> null;
    };
  }

  static boolean is(Guess g, Kind kind) {
    return g instanceof Guess.Scalar s && s.kind() == kind;
  }

  private @Nullable Kind scalars(Kind a, Kind b, boolean strictly) {
    if (a == b) {
      return a;
    }
    Kind first = a.compareTo(b) < 0 ? a : b;
    Kind second = first == a ? b : a;
    if (first.isInteger() && second == Kind.UINT64) {
      return json && negativeSeen ? null : second;
    }
    if (first.isInteger() && second == Kind.FLOAT64 || first.isMoment() && second.isMoment()) {
      return second;
    }
    if (first.isMoment() && second == Kind.STRING) {
      return second;
    }
    return json ? scalarsOfJson(first, second, strictly) : null;
  }

  private @Nullable Kind scalarsOfJson(Kind first, Kind second, boolean strictly) {
    if (first == Kind.BOOL && second.isNumber() && settings.jsonBoolsAsNumbers) {
      return second;
    }
    if (first == Kind.BOOL && second == Kind.STRING && settings.jsonBoolsAsStrings) {
      return second;
    }
    boolean texts = second == Kind.STRING || second.isMoment();
    return first.isNumber() && texts && settings.jsonNumbersAsStrings && !strictly
        ? Kind.STRING
        : null;
  }

  private @Nullable Guess tuples(Guess.Row a, Guess.Row b, boolean strictly) {
    if (a.elements().size() != b.elements().size()) {
      return null;
    }
    List<Guess> elements = new ArrayList<>();
    for (int i = 0; i < a.elements().size(); i++) {
      Guess e = both(a.elements().get(i), b.elements().get(i), strictly);
      if (e == null) {
        return null;
      }
      elements.add(e);
    }
    return new Guess.Row(elements, false);
  }

  private Guess objects(Guess.Fields a, Guess.Fields b, boolean strictly) {
    BinaryOperator<Guess> leaf =
        (x, y) -> {
          Guess joined = both(x, y, strictly);
          // As in ClickHouse, the first type stays where two do not go together.
          return joined == null ? x : joined;
        };
    return new Guess.Fields(fields(a.fields(), b.fields(), leaf), false);
  }

  private Map<String, Guess> fields(
      Map<String, Guess> a, Map<String, Guess> b, BinaryOperator<Guess> leaf) {
    Map<String, Guess> all = new LinkedHashMap<>(a);
    b.forEach((name, guess) -> {
      Guess known = all.getOrDefault(name, Guess.NOTHING);
      boolean clash =
          known instanceof Guess.Fields != guess instanceof Guess.Fields
              && !(known instanceof Guess.Unknown)
              && !(guess instanceof Guess.Unknown);
      if (clash && !settings.jsonAmbiguousAsString) {
        throw ambiguous(name, known, guess);
      }
      all.put(name, clash ? Guess.of(Kind.STRING) : leaf.apply(known, guess));
    });
    return all;
  }

  private static LonghouseException ambiguous(String path, Guess a, Guess b) {
    return new LonghouseException(
        ErrorCode.INCORRECT_DATA,
        "JSON objects have ambiguous data: in some objects path '"
            + path
            + "' has type '"
            + GuessedType.describe(a)
            + "' and in some - '"
            + GuessedType.describe(b)
            + "'. You can enable setting"
            + " input_format_json_use_string_type_for_ambiguous_paths_in_named_tuples_inference"
            + "_from_objects to use String type for path '"
            + path
            + "'");
  }
}
