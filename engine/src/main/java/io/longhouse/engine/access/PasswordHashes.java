package io.longhouse.engine.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longhouse.sql.ByteText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The one-way functions that passwords are kept by. */
final class PasswordHashes {
  private static final int SCRAM_ROUNDS = 4096;
  private static final Semaphore SLOW =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
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

  /**
   * The salted password of SCRAM-SHA-256: PBKDF2 with 4096 rounds.
   *
   * @param salt in Base64
   */
  static String scramSha256(String password, String salt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = ByteText.encode(password);
      // An empty key is not allowed and means the same as zeros.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
      mac.update(decoded(salt));
      byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] sum = round.clone();
      for (int i = 1; i < SCRAM_ROUNDS; i++) {
        round = mac.doFinal(round);
        for (int k = 0; k < sum.length; k++) {
          sum[k] ^= round[k];
        }
      }
      return HEX.formatHex(sum);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decoded(String salt) {
    try {
      return Base64.getDecoder().decode(salt);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // what ClickHouse makes of it too
    }
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
    // Whoever tries passwords, the others have processors left.
    SLOW.acquireUninterruptibly();
    try {
      return BCrypt.verifyer().verify(cut(password), hash.strip()).verified;
    } finally {
      SLOW.release();
    }
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
