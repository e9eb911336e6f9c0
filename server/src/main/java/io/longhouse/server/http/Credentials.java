package io.longhouse.server.http;

import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Base64;

/**
 * Who a request comes from: by ClickHouse's headers, by Basic authentication or by parameters, and
 * by one of these only.
 */
record Credentials(String user, String password, String quotaKey) {
  private static boolean byHeader(Headers headers) {
    return headers.has("X-ClickHouse-User")
        || headers.has("X-ClickHouse-Key")
        || headers.has("X-ClickHouse-Quota");
  }

  private static boolean byParameter(Parameters parameters) {
    return parameters.has("user") || parameters.has("password") || parameters.has("quota_key");
  }

  /** Whether the request names anybody, in any way. */
  static boolean areIn(Headers headers, Parameters parameters) {
    return byHeader(headers) || byParameter(parameters) || headers.has("Authorization");
  }

  /**
   * @throws LonghouseException AUTHENTICATION_FAILED (516) for a mixture, BAD_ARGUMENTS (36) for an
   *     Authorization header that cannot be read
   */
  static Credentials of(Headers headers, Parameters parameters) {
    boolean byHeader = byHeader(headers);
    boolean byParameter = byParameter(parameters);
    String authorization = headers.get("Authorization", "");
    if (byHeader && !authorization.isEmpty()) {
      throw mixed("X-ClickHouse HTTP headers", "Authorization HTTP header");
    }
    if (byHeader && byParameter) {
      throw mixed("X-ClickHouse HTTP headers", "authentication via parameters");
    }
    if (!authorization.isEmpty() && byParameter) {
      throw mixed("Authorization HTTP header", "authentication via parameters");
    }
    if (byHeader) {
      return new Credentials(
          headers.get("X-ClickHouse-User", "default"),
          headers.get("X-ClickHouse-Key", ""),
          headers.get("X-ClickHouse-Quota", ""));
    }
    if (!authorization.isEmpty()) {
      return basic(authorization, headers.get("X-ClickHouse-Quota", ""));
    }
    return new Credentials(
        parameters.get("user", "default"),
        parameters.get("password", ""),
        parameters.get("quota_key", ""));
  }

  private static Credentials basic(String authorization, String quotaKey) {
    String[] words = authorization.split(" ", 2);
    if (words.length < 2 || !words[0].equalsIgnoreCase("Basic")) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED,
          "Invalid authentication: '" + words[0] + "' HTTP Authorization scheme is not supported");
    }
    try {
      String pair = ByteText.decode(Base64.getDecoder().decode(words[1].strip()));
      int colon = pair.indexOf(':');
      String user = colon < 0 ? pair : pair.substring(0, colon);
      return new Credentials(
          user.isEmpty() ? "default" : user, colon < 0 ? "" : pair.substring(colon + 1), quotaKey);
    } catch (IllegalArgumentException e) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Invalid authentication: the Authorization header is not Base64");
    }
  }

  private static LonghouseException mixed(String one, String other) {
    return new LonghouseException(
        ErrorCode.AUTHENTICATION_FAILED,
        "Invalid authentication: it is not allowed to use "
            + one
            + " and "
            + other
            + " simultaneously");
  }
}
