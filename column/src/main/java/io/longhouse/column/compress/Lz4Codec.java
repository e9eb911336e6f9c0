package io.longhouse.column.compress;

import io.airlift.compress.v3.lz4.Lz4Compressor;
import io.airlift.compress.v3.lz4.Lz4NativeDecompressor;
import io.longhouse.registry.Register;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** LZ4, the default. Native where a library can be loaded. */
@Register(
    kind = CodecFactory.class,
    name = "LZ4",
    category = "Compression",
    doc = "Fast compression of any bytes; the default codec.")
@Register(kind = BlockDecoder.class, name = "82")
public final class Lz4Codec implements Codec, CodecFactory, BlockDecoder {
  /** LZ4 as it is, without parameters. */
  public static final Lz4Codec INSTANCE = new Lz4Codec();

  static final int METHOD = 0x82;

  private static final @Nullable Lz4NativeDecompressor NATIVE =
      Lz4NativeDecompressor.isEnabled() ? new Lz4NativeDecompressor() : null;

  // A compressor owns a table and serves one thread at a time.
  private static final ConcurrentLinkedQueue<Lz4Compressor> COMPRESSORS =
      new ConcurrentLinkedQueue<>();

  Lz4Codec() {}

  /** Whether blocks go through the native library. */
  public static boolean isNative() {
    return NATIVE != null;
  }

  @Override
  public Codec create(Arguments arguments) {
    return INSTANCE;
  }

  @Override
  public boolean takesArguments() {
    return false;
  }

  @Override
  public int method() {
    return METHOD;
  }

  @Override
  public String text() {
    return "LZ4";
  }

  @Override
  public int encodedSizeMax(int rawLength) {
    return Math.addExact(rawLength, rawLength / 255 + 16);
  }

  @Override
  public int encode(byte[] raw, int from, int length, byte[] target, int at) {
    Lz4Compressor compressor = COMPRESSORS.poll();
    if (compressor == null) {
      compressor = Lz4Compressor.create();
    }
    try {
      return compressor.compress(raw, from, length, target, at, target.length - at);
    } finally {
      COMPRESSORS.offer(compressor);
    }
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    if (NATIVE == null) {
      Lz4Decoder.decode(source, from, length, target, at, rawLength);
      return;
    }
    int got;
    try {
      got = NATIVE.decompress(source, from, length, target, at, rawLength);
    } catch (IllegalArgumentException e) {
      throw corruptedBlock(e);
    }
    check(got, rawLength);
  }

  @Override
  public void decode(
      byte[] source, int from, int length, MemorySegment target, long at, int rawLength) {
    if (NATIVE == null) {
      BlockDecoder.super.decode(source, from, length, target, at, rawLength);
      return;
    }
    decode(MemorySegment.ofArray(source), from, length, target, at, rawLength);
  }

  @Override
  public void decode(
      MemorySegment source, long from, int length, MemorySegment target, long at, int rawLength) {
    if (NATIVE == null) {
      BlockDecoder.super.decode(source, from, length, target, at, rawLength);
      return;
    }
    int got;
    try {
      got = NATIVE.decompress(source.asSlice(from, length), target.asSlice(at, rawLength));
    } catch (IllegalArgumentException e) {
      throw corruptedBlock(e);
    }
    check(got, rawLength);
  }

  private static void check(int got, int rawLength) {
    if (got != rawLength) {
      throw BlockDecoder.corrupted(
          "LZ4 block holds " + got + " bytes, announced were " + rawLength);
    }
  }

  private static RuntimeException corruptedBlock(IllegalArgumentException e) {
    var problem = BlockDecoder.corrupted("not an LZ4 block");
    problem.initCause(e);
    return problem;
  }
}
