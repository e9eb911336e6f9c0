package io.longhouse.engine.session;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The users of the configuration: {@code users.NAME.password}, {@code .password_sha256_hex} or
 * {@code .password_double_sha1_hex}. Without any, there is {@code default} with an empty password.
 */
final class Accounts {
  private static final String PREFIX = "users.";

  private final Map<String, Map<String, String>> users = new HashMap<>();

  Accounts(Map<String, String> configuration) {
    configuration.forEach((key, value) -> {
      int end = key.indexOf('.', PREFIX.length());
      if (key.startsWith(PREFIX) && end > 0) {
        users
            .computeIfAbsent(key.substring(PREFIX.length(), end), _ -> new HashMap<>())
            .put(key.substring(end + 1), value);
      }
    });
    users.putIfAbsent("default", Map.of());
  }

  /**
   * @throws LonghouseException AUTHENTICATION_FAILED (516), the same for a wrong password and no
   *     user
   */
  void check(String user, String password) {
    Map<String, String> known = users.get(user);
    if (known == null || !matches(known, password)) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED,
          user
              + ": Authentication failed: password is incorrect, or there is no user with such"
              + " name.");
    }
  }

  private static boolean matches(Map<String, String> known, String password) {
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    String sha256 = known.get("password_sha256_hex");
    if (sha256 != null) {
      return equal(sha256, digest("SHA-256", given));
    }
    String sha1 = known.get("password_double_sha1_hex");
    if (sha1 != null) {
      return equal(sha1, digest("SHA-1", digest("SHA-1", given)));
    }
    return MessageDigest.isEqual(
        known.getOrDefault("password", "").getBytes(StandardCharsets.UTF_8), given);
  }

  private static boolean equal(String hex, byte[] digest) {
    byte[] wanted = hex.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(
        wanted, HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
