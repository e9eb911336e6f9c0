package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code IDENTIFIED WITH ...}.
 *
 * @param method lower case with underscores as in {@code sha256_password}; null when only {@code
 *     BY} was said
 * @param secret the password, hash or other value
 */
public record Authentication(
    @Nullable String method,
    @Nullable Expression secret,
    @Nullable Expression salt,
    @Nullable Expression realmOrServer,
    List<Expression> values,
    List<SshKey> keys,
    @Nullable Expression validUntil) {
  /** {@code KEY 'k' TYPE 't'}. */
  public record SshKey(String key, String type) {}
}
