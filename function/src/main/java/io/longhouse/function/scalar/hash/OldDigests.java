package io.longhouse.function.scalar.hash;

import io.longhouse.column.Column;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.type.FixedStringType;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.scalar.Resolved;
import io.longhouse.function.scalar.Rows;
import io.longhouse.function.scalar.Signature;
import io.longhouse.registry.Register;
import java.util.Arrays;
import java.util.List;

/** Digests that the JDK does not have. */
@Register(
    kind = FunctionFactory.class,
    name = "MD4",
    category = "Hash",
    doc = "The MD4 digest, 16 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "RIPEMD160",
    category = "Hash",
    doc = "The RIPEMD-160 digest, 20 bytes.")
@Register(
    kind = FunctionFactory.class,
    name = "keccak256",
    category = "Hash",
    doc = "The Keccak-256 digest, 32 bytes.")
final class OldDigests implements FunctionFactory {
  private final String name;

  OldDigests(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    new Signature(name, arguments).count(1).string(0);
    int width = name.equals("MD4") ? 16 : name.equals("RIPEMD160") ? 20 : 32;
    return Resolved.throwing(
        new FixedStringType(width), (c, rows) -> digests(Rows.bytes(c[0]), width, rows));
  }

  private Column digests(Rows.Bytes text, int width, int rows) {
    byte[] out = new byte[Math.multiplyExact(rows, width)];
    for (int r = 0; r < rows; r++) {
      byte[] message = Arrays.copyOfRange(text.bytes(), text.from(r), text.to(r));
      switch (name) {
        case "MD4" -> words(Md4.digest(blocks(message)), out, r * width);
        case "RIPEMD160" -> words(RipeMd160.digest(blocks(message)), out, r * width);
        default -> System.arraycopy(Keccak.digest256(message), 0, out, r * width, width);
      }
    }
    return new FixedBytesColumn(out, width, rows);
  }

  private static void words(int[] words, byte[] out, int at) {
    for (int i = 0; i < 4 * words.length; i++) {
      out[at + i] = (byte) (words[i / 4] >>> 8 * (i % 4));
    }
  }

  /** The message with a one bit, zeros and its length in bits, as little-endian words. */
  private static int[] blocks(byte[] message) {
    int[] out = new int[(message.length + 8) / 64 * 16 + 16];
    for (int i = 0; i <= message.length; i++) {
      int b = i < message.length ? message[i] & 0xFF : 0x80;
      out[i / 4] |= b << 8 * (i % 4);
    }
    long bits = 8L * message.length;
    out[out.length - 2] = (int) bits;
    out[out.length - 1] = (int) (bits >>> 32);
    return out;
  }
}
