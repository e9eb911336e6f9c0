package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code IDENTIFIED WITH ...}.
 *
 * @param method lower case as in {@code sha256_password}; null when only {@code BY} was said
 * @param arguments what follows, each behind its words
 * @param validUntil a time as text
 */
public record Authentication(
    @Nullable String method, List<Argument> arguments, @Nullable Expression validUntil) {
  public Authentication {
    arguments = List.copyOf(arguments);
  }

  /** One of BY, SALT, SERVER, REALM, SCHEME, CN, SAN with its values, or a KEY. */
  public sealed interface Argument {}

  /** {@code BY 'secret'}, {@code CN 'a', 'b'}. */
  public record Words(String word, List<Expression> values) implements Argument {}

  /** {@code KEY 'k' TYPE 't'}. */
  public record Key(String key, String type) implements Argument {}
}
