package io.longhouse.column.compress;

import io.longhouse.registry.Register;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The bytes as they are. */
@Register(
    kind = CodecFactory.class,
    name = "NONE",
    category = "Compression",
    doc = "No compression; blocks and their checksums stay.")
@Register(kind = BlockDecoder.class, name = "02")
public final class NoneCodec implements Codec, CodecFactory, BlockDecoder {
  /** No compression. */
  public static final NoneCodec INSTANCE = new NoneCodec();

  NoneCodec() {}

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
    return 0x02;
  }

  @Override
  public String text() {
    return "NONE";
  }

  @Override
  public int encodedSizeMax(int rawLength) {
    return rawLength;
  }

  @Override
  public int encode(byte[] raw, int from, int length, byte[] target, int at) {
    System.arraycopy(raw, from, target, at, length);
    return length;
  }

  @Override
  public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
    check(length, rawLength);
    System.arraycopy(source, from, target, at, length);
  }

  @Override
  public void decode(
      byte[] source, int from, int length, MemorySegment target, long at, int rawLength) {
    check(length, rawLength);
    MemorySegment.copy(source, from, target, ValueLayout.JAVA_BYTE, at, length);
  }

  private static void check(int length, int rawLength) {
    if (length != rawLength) {
      throw BlockDecoder.corrupted(
          "an uncompressed block of " + length + " bytes was announced with " + rawLength);
    }
  }
}
