package io.longhouse.server.token;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token says. */
final class Claims {
  private Claims() {}

  /** A claim by its name or, with dots, by its path; null when there is none. */
  private static @Nullable Object find(JWTClaimsSet claims, String name) {
    Object at = claims.getClaim(name);
    if (at != null || name.indexOf('.') < 0) {
      return at;
    }
    at = claims.getClaims();
    for (String step : name.split("\\.")) {
      at = at instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return at;
  }

  /** A text, number or truth value as text; null for anything else. */
  static @Nullable String text(JWTClaimsSet claims, String name) {
    return switch (find(claims, name)) {
      case String s -> s;
      case Double d when d == Math.rint(d) && Math.abs(d) < 1L << 53 ->
          Long.toString(d.longValue());
      case Number n -> n.toString();
      case Boolean b -> b ? "1" : "0";
      case null, default -> null;
    };
  }

  /** The texts of a list, or of a text with blanks between them. */
  static List<String> texts(JWTClaimsSet claims, String name) {
    return switch (find(claims, name)) {
      case Collection<?> list -> {
        List<String> out = new ArrayList<>();
        list.forEach(x -> {
          if (x instanceof String s) {
            out.add(s);
          }
        });
        yield out;
      }
      case String s -> List.of(s.strip().split("\\s+"));
      case null, default -> List.of();
    };
  }

  /** Whether everything of a JSON object is in the claims: of lists, each of its elements. */
  static boolean contain(JWTClaimsSet claims, String json) {
    try {
      return contains(claims.toJSONObject(), JSONObjectUtils.parse(json));
    } catch (ParseException e) {
      return false; // what cannot be read is not met
    }
  }

  private static boolean contains(@Nullable Object has, @Nullable Object wanted) {
    return switch (wanted) {
      case Map<?, ?> object ->
          has instanceof Map<?, ?> map
              && object.entrySet().stream()
                  .allMatch(e ->
                      map.containsKey(e.getKey()) && contains(map.get(e.getKey()), e.getValue()));
      case Collection<?> list -> {
        // An audience alone may be written without a list.
        Collection<?> all = has instanceof Collection<?> c ? c : java.util.Arrays.asList(has);
        yield list.stream().allMatch(w -> all.stream().anyMatch(h -> contains(h, w)));
      }
      case Number n -> has instanceof Number m && n.doubleValue() == m.doubleValue();
      case null -> has == null;
      default -> wanted.equals(has);
    };
  }
}
