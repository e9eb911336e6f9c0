package io.longhouse.function.scalar.hash;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.column.type.Ipv6Type;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;

/** Cryptographic digests of a string. */
@Register(
    kind = FunctionFactory.class,
    name = "MD5",
    category = "Hash",
    doc = "The MD5 digest, 16 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "SHA1",
    category = "Hash",
    doc = "The SHA-1 digest, 20 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "SHA224",
    category = "Hash",
    doc = "The SHA-224 digest, 28 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "SHA256",
    category = "Hash",
    doc = "The SHA-256 digest, 32 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "SHA384",
    category = "Hash",
    doc = "The SHA-384 digest, 48 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "SHA512",
    category = "Hash",
    doc = "The SHA-512 digest, 64 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "SHA512_256",
    category = "Hash",
    doc = "The SHA-512/256 digest, 32 bytes.")
final class Digest implements FunctionFactory {
  private final String name;
  private final String algorithm;

  Digest(String name) {
    this.name = name;
    this.algorithm =
        name.equals("MD5")
            ? name
            : name.equals("SHA512_256") ? "SHA-512/256" : "SHA-" + name.substring(3);
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    var s = new Signature(name, arguments).count(1);
    if (!(s.type(0) instanceof Ipv6Type)) {
      s.string(0);
    }
    int width = HalfMd5.digest(algorithm).getDigestLength();
    return Resolved.throwing(
        new FixedStringType(width), (c, rows) -> digests(Rows.bytes(c[0]), width, rows));
  }

  private Column digests(Rows.Bytes text, int width, int rows) {
    MessageDigest digest = HalfMd5.digest(algorithm);
    byte[] out = new byte[Math.multiplyExact(rows, width)];
    try {
      for (int r = 0; r < rows; r++) {
        digest.update(text.bytes(), text.from(r), text.to(r) - text.from(r));
        digest.digest(out, r * width, width);
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return new FixedBytesColumn(out, width, rows);
  }
}
