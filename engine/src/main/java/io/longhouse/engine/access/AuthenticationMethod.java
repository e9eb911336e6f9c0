package io.longhouse.engine.access;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way for a user to prove who it is.
 *
 * @param secret a hash in upper-case hexadecimal digits, bcrypt's own text or a plain password;
 *     empty where there is none
 * @param salt what was put behind the password before hashing; empty for nothing
 * @param commonNames of certificates
 * @param alternativeNames of certificates
 * @param parameters by the words of CREATE USER: CLAIMS of a token, SERVER and SCHEME of HTTP
 * @param validUntil seconds since 1970; 0 for ever
 */
public record AuthenticationMethod(
    Kind kind,
    String secret,
    String salt,
    List<String> commonNames,
    List<String> alternativeNames,
    Map<String, String> parameters,
    long validUntil) {
  public AuthenticationMethod {
    commonNames = List.copyOf(commonNames);
    alternativeNames = List.copyOf(alternativeNames);
    parameters = Map.copyOf(parameters);
  }

  /** In the order of {@code system.users}. */
  public enum Kind {
    NO_PASSWORD("no_password"),
    PLAINTEXT_PASSWORD("plaintext_password"),
    SHA256_PASSWORD("sha256_password"),
    DOUBLE_SHA1_PASSWORD("double_sha1_password"),
    LDAP("ldap"),
    KERBEROS("kerberos"),
    SSL_CERTIFICATE("ssl_certificate"),
    BCRYPT_PASSWORD("bcrypt_password"),
    SSH_KEY("ssh_key"),
    HTTP("http"),
    JWT("jwt"),
    SCRAM_SHA256_PASSWORD("scram_sha256_password"),
    NO_AUTHENTICATION("no_authentication");

    private final String sql;

    Kind(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }

    /** The word for giving the hash instead of the password, or null. */
    public @Nullable String hashSql() {
      return switch (this) {
        case SHA256_PASSWORD -> "sha256_hash";
        case DOUBLE_SHA1_PASSWORD -> "double_sha1_hash";
        case BCRYPT_PASSWORD -> "bcrypt_hash";
        case SCRAM_SHA256_PASSWORD -> "scram_sha256_hash";
        default -> null;
      };
    }
  }

  static AuthenticationMethod noPassword() {
    return of(Kind.NO_PASSWORD, "", "");
  }

  static AuthenticationMethod of(Kind kind, String secret, String salt) {
    return new AuthenticationMethod(kind, secret, salt, List.of(), List.of(), Map.of(), 0);
  }

  static AuthenticationMethod of(Kind kind, Map<String, String> parameters) {
    return new AuthenticationMethod(kind, "", "", List.of(), List.of(), parameters, 0);
  }

  static AuthenticationMethod certificate(List<String> commonNames, List<String> alternative) {
    return new AuthenticationMethod(
        Kind.SSL_CERTIFICATE, "", "", commonNames, alternative, Map.of(), 0);
  }

  AuthenticationMethod validUntil(long seconds) {
    return new AuthenticationMethod(
        kind, secret, salt, commonNames, alternativeNames, parameters, seconds);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return kind.sql();
  }
}
