package io.longhouse.function.scalar.encryption;

import io.longhouse.column.Column;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keyed-hash message authentication codes (RFC 2104). */
@Register(
    kind = FunctionFactory.class,
    name = "HMAC",
    caseInsensitive = true,
    category = "Encryption",
    doc = "The authentication code of a message: (hash function, message, key).")
final class Hmac implements FunctionFactory {
  /** A digest's name in Java and the bytes of a block. */
  private record Hash(String algorithm, int block) {}

  private static final Map<String, Hash> HASHES =
      Map.ofEntries(
          Map.entry("md5", new Hash("MD5", 64)),
          Map.entry("sha1", new Hash("SHA-1", 64)),
          Map.entry("sha224", new Hash("SHA-224", 64)),
          Map.entry("sha256", new Hash("SHA-256", 64)),
          Map.entry("sha384", new Hash("SHA-384", 128)),
          Map.entry("sha512", new Hash("SHA-512", 128)),
          Map.entry("sha512-224", new Hash("SHA-512/224", 128)),
          Map.entry("sha512-256", new Hash("SHA-512/256", 128)),
          Map.entry("sha3-224", new Hash("SHA3-224", 144)),
          Map.entry("sha3-256", new Hash("SHA3-256", 136)),
          Map.entry("sha3-384", new Hash("SHA3-384", 104)),
          Map.entry("sha3-512", new Hash("SHA3-512", 72)));

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature("HMAC", arguments).count(3).string(0).string(1).string(2);
    String mode = s.constantText(0);
    Hash hash = HASHES.get(mode.toLowerCase(Locale.ROOT));
    if (hash == null) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Invalid hash algorithm: '" + mode + "'. Supported algorithms are: " + HASHES.keySet());
    }
    return Resolved.throwing(
        StringType.TYPE, (c, rows) -> codes(hash, Rows.bytes(c[1]), Rows.bytes(c[2]), rows));
  }

  private static Column codes(Hash hash, Rows.Bytes text, Rows.Bytes keys, int rows) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance(hash.algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    var out = new StringRows.Text(rows, rows * digest.getDigestLength());
    byte[] inner = new byte[hash.block];
    byte[] outer = new byte[hash.block];
    for (int r = 0; r < rows; r++) {
      if (r == 0 || !keys.isConstant()) {
        byte[] key = Arrays.copyOfRange(keys.bytes(), keys.from(r), keys.to(r));
        byte[] block =
            Arrays.copyOf(key.length > hash.block ? digest.digest(key) : key, hash.block);
        for (int i = 0; i < hash.block; i++) {
          inner[i] = (byte) (block[i] ^ 0x36);
          outer[i] = (byte) (block[i] ^ 0x5C);
        }
      }
      digest.update(inner);
      digest.update(text.bytes(), text.from(r), text.to(r) - text.from(r));
      byte[] first = digest.digest();
      digest.update(outer);
      out.add(digest.digest(first));
      out.endRow();
    }
    return out.build();
  }
}
