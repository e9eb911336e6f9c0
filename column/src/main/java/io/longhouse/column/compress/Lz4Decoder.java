package io.longhouse.column.compress;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * LZ4 blocks on byte arrays, for where no native library can be loaded.
 *
 * <pre>
 * sequence = token:u8 (literals:4 | match-4:4)  more:u8*  literal*  offset:u16  more:u8*
 * </pre>
 *
 * A length of 15 goes on in bytes until one is not 255. The last sequence ends with its literals.
 */
final class Lz4Decoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** Copies go in steps of 8 bytes and may run over by fewer than this. */
  private static final int SLACK = 40;

  private Lz4Decoder() {}

  static void decode(byte[] s, int from, int length, byte[] d, int to, int rawLength) {
    int sp = from;
    int dp = to;
    final int sourceEnd = from + length;
    final int targetEnd = to + rawLength;
    final int sourceFast = Math.min(sourceEnd, s.length) - SLACK;
    final int targetFast = targetEnd - SLACK;
    while (true) {
      int token = s[sp++] & 0xFF;
      int literals = token >>> 4;
      if (literals == 15) {
        int b;
        do {
          b = s[sp++] & 0xFF;
          literals += b;
        } while (b == 255 && literals > 0);
      }
      int literalEnd = dp + literals;
      int next = sp + literals;
      if (literals < 0 || next > sourceEnd || next < sp || literalEnd > targetEnd) {
        throw BlockDecoder.corrupted("LZ4 literals lead out of the block");
      }
      if (next <= sourceFast && literalEnd <= targetFast && literals <= 32) {
        LONG.set(d, dp, (long) LONG.get(s, sp));
        LONG.set(d, dp + 8, (long) LONG.get(s, sp + 8));
        if (literals > 16) {
          LONG.set(d, dp + 16, (long) LONG.get(s, sp + 16));
          LONG.set(d, dp + 24, (long) LONG.get(s, sp + 24));
        }
      } else {
        System.arraycopy(s, sp, d, dp, literals);
      }
      sp = next;
      dp = literalEnd;
      if (sp >= sourceEnd) {
        break;
      }
      int offset = (short) SHORT.get(s, sp) & 0xFFFF;
      sp += 2;
      int match = token & 15;
      if (match == 15) {
        int b;
        do {
          b = s[sp++] & 0xFF;
          match += b;
        } while (b == 255 && match > 0);
      }
      match += 4;
      int matchEnd = dp + match;
      if (dp - offset < to || offset == 0 || match < 0 || matchEnd > targetEnd || matchEnd < dp) {
        throw BlockDecoder.corrupted("LZ4 match leads out of the block");
      }
      copyMatch(d, dp, offset, match, matchEnd <= targetFast);
      dp = matchEnd;
    }
    if (dp != targetEnd) {
      throw BlockDecoder.corrupted(
          "LZ4 block holds " + (dp - to) + " bytes, announced were " + rawLength);
    }
  }

  private static void copyMatch(byte[] d, int dp, int offset, int match, boolean mayRunOver) {
    int mp = dp - offset;
    if (!mayRunOver) {
      for (int k = 0; k < match; k++) {
        d[dp + k] = d[mp + k];
      }
    } else if (offset >= 8) {
      if (match <= 16) {
        LONG.set(d, dp, (long) LONG.get(d, mp));
        LONG.set(d, dp + 8, (long) LONG.get(d, mp + 8));
      } else if (offset >= match && match > 128) {
        System.arraycopy(d, mp, d, dp, match);
      } else {
        for (int end = dp + match; dp < end; dp += 8, mp += 8) {
          LONG.set(d, dp, (long) LONG.get(d, mp));
        }
      }
    } else {
      // The pattern is shorter than a word: lay down 8 bytes, then copy from a multiple of it back.
      for (int k = 0; k < 8; k++) {
        d[dp + k] = d[mp + k];
      }
      int step = offset;
      while (step < 8) {
        step += offset;
      }
      int end = dp + match;
      for (int q = dp + 8; q < end; q += 8) {
        LONG.set(d, q, (long) LONG.get(d, q - step));
      }
    }
  }
}
