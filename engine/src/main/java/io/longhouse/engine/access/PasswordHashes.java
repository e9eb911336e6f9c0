package io.longhouse.engine.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longhouse.sql.ByteText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/** The one-way functions that passwords are kept by. */
final class PasswordHashes {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Its use is slow on purpose: a wrong name costs as much as a wrong password. */
  private static final class Random {
    static final SecureRandom SOURCE = new SecureRandom();
  }

  private PasswordHashes() {}

  static String salt() {
    byte[] salt = new byte[32];
    Random.SOURCE.nextBytes(salt);
    return HEX.formatHex(salt);
  }

  /** SHA-256 of the password with the salt's text behind it. */
  static String sha256(String password, String salt) {
    return HEX.formatHex(digest("SHA-256", ByteText.encode(password + salt)));
  }

  static String doubleSha1(String password) {
    return HEX.formatHex(digest("SHA-1", digest("SHA-1", ByteText.encode(password))));
  }

  static String bcrypt(String password, int workFactor) {
    return BCrypt.withDefaults().hashToString(workFactor, cut(password));
  }

  /** bcrypt looks at 72 bytes. */
  private static char[] cut(String password) {
    return password.length() > 71
        ? password.substring(0, 71).toCharArray()
        : password.toCharArray();
  }

  static boolean isBcrypt(String password, String hash) {
    return BCrypt.verifyer().verify(cut(password), hash.strip()).verified;
  }

  /** In a time that does not depend on where they differ. */
  static boolean equal(String a, String b) {
    return MessageDigest.isEqual(
        a.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
        b.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
  }

  static boolean equalExactly(String a, String b) {
    return MessageDigest.isEqual(ByteText.encode(a), ByteText.encode(b));
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
