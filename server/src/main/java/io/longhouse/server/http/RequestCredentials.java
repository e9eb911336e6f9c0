package io.longhouse.server.http;

import io.longhouse.engine.access.CertificateSubjects;
import io.longhouse.engine.access.Credentials;
import io.longhouse.server.tls.PeerCertificate;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.net.Socket;
import java.util.Base64;

/**
 * Who a request comes from: by ClickHouse's headers, by an Authorization header (Basic, or Bearer
 * with a token), by the certificate of the connection or by parameters, and by one of these only.
 */
record RequestCredentials(Credentials shown, String quotaKey) {
  private static boolean byHeader(Headers headers) {
    return headers.has("X-ClickHouse-User")
        || headers.has("X-ClickHouse-Key")
        || headers.has("X-ClickHouse-Quota");
  }

  private static boolean byParameter(Parameters parameters) {
    return parameters.has("user") || parameters.has("password") || parameters.has("quota_key");
  }

  private static boolean byCertificate(Headers headers) {
    return headers.get("X-ClickHouse-SSL-Certificate-Auth", "").equals("on");
  }

  /** Whether the request names anybody, in any way. */
  static boolean areIn(Headers headers, Parameters parameters) {
    return byHeader(headers) || byParameter(parameters) || headers.has("Authorization");
  }

  /**
   * @throws LonghouseException AUTHENTICATION_FAILED (516) for a mixture, BAD_ARGUMENTS (36) for an
   *     Authorization header that cannot be read
   */
  static RequestCredentials of(Headers headers, Parameters parameters, Socket socket) {
    boolean byHeader = byHeader(headers);
    boolean byParameter = byParameter(parameters);
    String authorization = headers.get("Authorization", "");
    if (byCertificate(headers)) {
      return certificate(headers, parameters, socket);
    }
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
      return password(
          headers.get("X-ClickHouse-User", "default"),
          headers.get("X-ClickHouse-Key", ""),
          headers.get("X-ClickHouse-Quota", ""));
    }
    if (!authorization.isEmpty()) {
      return authorized(authorization, headers.get("X-ClickHouse-Quota", ""));
    }
    return password(
        parameters.get("user", "default"),
        parameters.get("password", ""),
        parameters.get("quota_key", ""));
  }

  private static RequestCredentials password(String user, String password, String quotaKey) {
    return new RequestCredentials(Credentials.password(user, password), quotaKey);
  }

  private static RequestCredentials certificate(
      Headers headers, Parameters parameters, Socket socket) {
    String how = "SSL certificate authentication";
    String user = headers.get("X-ClickHouse-User", "");
    if (user.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED, "Got an empty user name from X-ClickHouse HTTP headers");
    }
    if (!headers.get("X-ClickHouse-Key", "").isEmpty()) {
      throw mixed(how, "authentication via password");
    }
    if (headers.has("Authorization")) {
      throw mixed(how, "Authorization HTTP header");
    }
    if (byParameter(parameters)) {
      throw mixed(how, "authentication via parameters");
    }
    CertificateSubjects subjects = PeerCertificate.subjects(socket);
    if (subjects.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED,
          "Invalid authentication: SSL certificate authentication requires nonempty certificate's"
              + " Common Name or Subject Alternative Name");
    }
    return new RequestCredentials(
        new Credentials.Certificate(user, subjects), headers.get("X-ClickHouse-Quota", ""));
  }

  private static RequestCredentials authorized(String authorization, String quotaKey) {
    String[] words = authorization.split(" ", 2);
    if (words.length == 2 && words[0].equalsIgnoreCase("Bearer")) {
      return new RequestCredentials(new Credentials.Token(words[1].strip()), quotaKey);
    }
    if (words.length < 2 || !words[0].equalsIgnoreCase("Basic")) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED,
          // What is no word may be a secret.
          words.length == 2 && words[0].matches("[A-Za-z]{1,20}")
              ? "Invalid authentication: '"
                  + words[0]
                  + "' HTTP Authorization scheme is not supported"
              : "Invalid authentication: expected 'Basic' or 'Bearer' HTTP Authorization scheme");
    }
    try {
      String pair = ByteText.decode(Base64.getDecoder().decode(words[1].strip()));
      int colon = pair.indexOf(':');
      String user = colon < 0 ? pair : pair.substring(0, colon);
      return password(
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
