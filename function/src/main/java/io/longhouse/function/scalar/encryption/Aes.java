package io.longhouse.function.scalar.encryption;

import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.function.scalar.string.StringRows;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in the modes that OpenSSL names {@code aes-128-cbc} and so on. */
@Register(
    kind = FunctionFactory.class,
    name = "encrypt",
    category = "Encryption",
    doc = "The encrypted text: (mode, plaintext, key[, iv[, additional data]]).")
@Register(
    kind = FunctionFactory.class,
    name = "decrypt",
    category = "Encryption",
    doc = "The text that encrypt encrypted.")
@Register(
    kind = FunctionFactory.class,
    name = "tryDecrypt",
    category = "Encryption",
    doc = "The text that encrypt encrypted, NULL where it cannot be decrypted.")
@Register(
    kind = FunctionFactory.class,
    name = "aes_encrypt_mysql",
    category = "Encryption",
    doc = "The encrypted text, long keys folded as MySQL does.")
@Register(
    kind = FunctionFactory.class,
    name = "aes_decrypt_mysql",
    category = "Encryption",
    doc = "The text that MySQL or aes_encrypt_mysql encrypted.")
final class Aes implements FunctionFactory {
  private static final int BLOCK = 16;
  private static final int GCM_IV = 12;
  private static final int TAG = 16;

  private final String name;
  private final boolean mysql;
  private final boolean encrypting;

  Aes(String name) {
    this.name = name;
    this.mysql = name.endsWith("mysql");
    this.encrypting = name.contains("encrypt");
  }

  /**
   * @param keyBytes 16, 24 or 32
   * @param chaining ecb, cbc, ofb, ctr or gcm
   */
  private record Mode(int keyBytes, String chaining) {
    boolean pads() {
      return chaining.equals("ecb") || chaining.equals("cbc");
    }

    boolean isGcm() {
      return chaining.equals("gcm");
    }

    int ivBytes() {
      return isGcm() ? GCM_IV : chaining.equals("ecb") ? 0 : BLOCK;
    }
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).between(3, mysql ? 4 : 5);
    for (int i = 0; i < s.size(); i++) {
      if (!(s.type(i) instanceof StringType) && !(s.type(i) instanceof FixedStringType)) {
        throw s.illegal(i, "must be a string");
      }
    }
    Mode mode = mode(s.constantText(0));
    if (s.size() > 3 && mode.ivBytes() == 0) {
      throw bad(s.constantText(0) + " does not support IV");
    }
    if (s.size() > 4 && !mode.isGcm()) {
      throw bad("AAD can be only set for GCM-mode");
    }
    boolean orNull = name.equals("tryDecrypt");
    return Resolved.throwing(
        orNull ? NullableType.orSame(StringType.TYPE) : StringType.TYPE,
        (c, rows) -> run(mode, c, orNull, rows));
  }

  private Mode mode(String text) {
    String[] parts = text.split("-", -1);
    boolean known =
        parts.length == 3
            && parts[0].equals("aes")
            && List.of("128", "192", "256").contains(parts[1])
            && (mysql ? List.of("ecb", "cbc", "ofb") : List.of("ecb", "cbc", "ofb", "ctr", "gcm"))
                .contains(parts[2]);
    if (!known) {
      throw bad("Invalid mode: " + text);
    }
    return new Mode(Integer.parseInt(parts[1]) / 8, parts[2]);
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message);
  }

  private Column run(Mode mode, Column[] c, boolean orNull, int rows) {
    Rows.Bytes text = Rows.bytes(c[1]);
    Rows.Bytes keys = Rows.bytes(c[2]);
    Rows.Bytes ivs = c.length > 3 ? Rows.bytes(c[3]) : null;
    Rows.Bytes data = c.length > 4 ? Rows.bytes(c[4]) : null;
    var out = new StringRows.Text(rows, rows == 0 ? 0 : text.to(rows - 1) + BLOCK);
    byte[] nulls = new byte[orNull ? rows : 0];
    byte[] none = {};
    for (int r = 0; r < rows; r++) {
      byte[] input = Arrays.copyOfRange(text.bytes(), text.from(r), text.to(r));
      byte[] key = key(mode, Arrays.copyOfRange(keys.bytes(), keys.from(r), keys.to(r)));
      byte[] iv =
          iv(
              mode,
              ivs == null ? none : Arrays.copyOfRange(ivs.bytes(), ivs.from(r), ivs.to(r)),
              ivs != null);
      byte[] aad = data == null ? none : Arrays.copyOfRange(data.bytes(), data.from(r), data.to(r));
      try {
        out.add(cipher(mode, input, key, iv, aad));
      } catch (GeneralSecurityException e) {
        if (!orNull) {
          throw new LonghouseException(
              ErrorCode.OPENSSL_ERROR, "Cannot " + (encrypting ? "en" : "de") + "crypt", e);
        }
        nulls[r] = 1;
      }
      out.endRow();
    }
    Column strings = out.build();
    return orNull ? new NullableColumn(strings, nulls) : strings;
  }

  /** A key of the mode's length; MySQL folds a longer one by exclusive or. */
  private byte[] key(Mode mode, byte[] given) {
    int n = mode.keyBytes;
    if (given.length == n) {
      return given;
    }
    if (!mysql || given.length < n) {
      throw bad("Invalid key size: " + given.length + " expected " + n);
    }
    byte[] folded = Arrays.copyOf(given, n);
    for (int i = n; i < given.length; i++) {
      folded[i % n] ^= given[i];
    }
    return folded;
  }

  private byte[] iv(Mode mode, byte[] given, boolean isGiven) {
    int n = mode.ivBytes();
    if (mode.isGcm()) {
      if (given.length == 0) {
        throw bad("Invalid IV size " + given.length + " != expected size " + n);
      }
      return given;
    }
    if (given.length == 0 && (!isGiven || n == 0 || mysql)) {
      return new byte[n];
    }
    if (mysql ? given.length < n : given.length != n) {
      throw bad("Invalid IV size: " + given.length + " expected " + n);
    }
    return Arrays.copyOf(given, n);
  }

  private byte[] cipher(Mode mode, byte[] input, byte[] key, byte[] iv, byte[] aad)
      throws GeneralSecurityException {
    if (!encrypting && input.length == 0) {
      return input;
    }
    if (!encrypting && mode.isGcm() && input.length < TAG) {
      throw bad("Encrypted data is smaller than the size of additional data for AEAD mode");
    }
    String padding = mode.pads() ? "PKCS5Padding" : "NoPadding";
    Cipher cipher =
        Cipher.getInstance(
            "AES/" + mode.chaining.toUpperCase(java.util.Locale.ROOT) + "/" + padding);
    int direction = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    var secret = new SecretKeySpec(key, "AES");
    if (mode.isGcm()) {
      cipher.init(direction, secret, new GCMParameterSpec(8 * TAG, iv));
      cipher.updateAAD(aad);
    } else if (mode.ivBytes() == 0) {
      cipher.init(direction, secret);
    } else {
      cipher.init(direction, secret, new IvParameterSpec(iv));
    }
    return cipher.doFinal(input);
  }
}
