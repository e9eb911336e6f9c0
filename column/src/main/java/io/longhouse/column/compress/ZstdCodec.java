package io.longhouse.column.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/** ZSTD at a level of 1 to 22. */
@Register(
    kind = CodecFactory.class,
    name = "ZSTD",
    category = "Compression",
    doc = "Good compression at moderate speed; the parameter is a level from 1 to 22.")
@Register(kind = BlockDecoder.class, name = "90")
public final class ZstdCodec implements CodecFactory, BlockDecoder {
  private static final int LEVEL_DEFAULT = 1;
  private static final int LEVEL_MAX = 22;

  ZstdCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    return of(arguments.atMost(2).number(0, LEVEL_DEFAULT, 0, LEVEL_MAX));
  }

  /** ZSTD of that level. */
  public static Codec of(int level) {
    return new Level(level);
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    long got;
    try {
      got = Zstd.decompressByteArray(target, at, rawLength, source, from, length);
    } catch (ZstdException e) {
      var problem = BlockDecoder.corrupted("ZSTD says " + e.getMessage());
      problem.initCause(e);
      throw problem;
    }
    if (got != rawLength) {
      throw BlockDecoder.corrupted(
          "ZSTD block holds " + got + " bytes, announced were " + rawLength);
    }
  }

  private record Level(int level) implements Codec {
    @Override
    public int method() {
      return 0x90;
    }

    @Override
    public String text() {
      return "ZSTD(" + level + ")";
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      return Math.toIntExact(Zstd.compressBound(rawLength));
    }

    @Override
    public int encode(byte[] raw, int from, int length, byte[] target, int at) {
      try {
        return (int)
            Zstd.compressByteArray(target, at, target.length - at, raw, from, length, level);
      } catch (ZstdException e) {
        throw new LonghouseException(
            ErrorCode.CANNOT_COMPRESS, "Cannot compress with ZSTD codec: " + e.getMessage(), e);
      }
    }
  }
}
