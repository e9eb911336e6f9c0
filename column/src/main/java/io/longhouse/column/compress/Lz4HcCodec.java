package io.longhouse.column.compress;

import io.airlift.compress.v3.internal.NativeLoader;
import io.airlift.compress.v3.lz4.Lz4NativeCompressor;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * LZ4 with a slow search for better matches; its blocks are LZ4 blocks. Where no native library can
 * be loaded the fast search writes them, which only costs space.
 */
@Register(
    kind = CodecFactory.class,
    name = "LZ4HC",
    category = "Compression",
    doc = "LZ4 that compresses slower and better; the parameter is a level from 1 to 12.")
public final class Lz4HcCodec implements CodecFactory {
  /** What the library takes for its own default, which is 9. */
  private static final int LEVEL_DEFAULT = 0;

  private static final int LEVEL_MAX = 12;

  Lz4HcCodec() {}

  @Override
  public Codec create(Arguments arguments) {
    return new Level(arguments.atMost(1).number(0, LEVEL_DEFAULT, 0, Integer.MAX_VALUE));
  }

  /** The binding to {@code LZ4_compress_HC}, made when it is first needed. */
  private static final class Native {
    static final @Nullable MethodHandle COMPRESS = Lz4NativeCompressor.isEnabled() ? link() : null;

    private static MethodHandle link() {
      return Linker.nativeLinker()
          .downcallHandle(
              NativeLoader.loadLibrary("lz4").findOrThrow("LZ4_compress_HC"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT),
              Linker.Option.critical(true));
    }
  }

  private record Level(int level) implements Codec {
    @Override
    public int method() {
      return Lz4Codec.METHOD;
    }

    @Override
    public String text() {
      return "LZ4HC(" + level + ")";
    }

    @Override
    public int encodedSizeMax(int rawLength) {
      return Lz4Codec.INSTANCE.encodedSizeMax(rawLength);
    }

    @Override
    public int encode(byte[] raw, int from, int length, byte[] target, int at) {
      MethodHandle compress = Native.COMPRESS;
      if (compress == null) {
        return Lz4Codec.INSTANCE.encode(raw, from, length, target, at);
      }
      int written;
      try {
        written =
            (int)
                compress.invokeExact(
                    MemorySegment.ofArray(raw).asSlice(from, length),
                    MemorySegment.ofArray(target).asSlice(at),
                    length,
                    target.length - at,
                    Math.min(level, LEVEL_MAX));
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
      if (written <= 0) {
        throw new LonghouseException(
            ErrorCode.CANNOT_COMPRESS, "Cannot compress with LZ4HC codec: " + written);
      }
      return written;
    }
  }
}
