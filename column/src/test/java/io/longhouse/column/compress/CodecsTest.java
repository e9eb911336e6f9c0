package io.longhouse.column.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are columns of 100 rows that ClickHouse 26.7 wrote, one codec each. */
class CodecsTest {
  @ParameterizedTest
  @CsvSource({
    "none,NONE,UInt32",
    "lz4,LZ4,UInt32",
    "lz4hc,LZ4HC(9),UInt32",
    "zstd,ZSTD(1),UInt32",
    "delta,'Delta,LZ4',UInt32",
    "delta1,Delta,UInt32",
    "dd,DoubleDelta,UInt32",
    "ddz,'DoubleDelta,ZSTD(3)',UInt32",
    "dd8,DoubleDelta,Int64",
    "dd2,DoubleDelta,Int16",
    "dd1,DoubleDelta,UInt8",
    "gor,Gorilla,UInt32",
    "gor8,Gorilla,Float64",
    "t64,T64,UInt32",
    "t64b,T64(bit),UInt32",
    "t648,T64,Int64",
    "t641,T64,Int8",
    "fpc,FPC,Float64",
    "fpc4,FPC,Float32",
    "gcd,GCD,UInt32"
  })
  void decodesAndEncodesTheBytesOfClickHouse(String file, String codec, String type)
      throws IOException {
    byte[] frame = resource(file);
    byte[] raw = expected(file, type);
    var reader = new ByteReader(new CompressedInput(new ByteArrayInputStream(frame), file));
    assertThat(reader.readBytes(raw.length)).isEqualTo(raw);
    assertThat(reader.atEnd()).isTrue();

    var out = new ByteArrayOutputStream();
    try (var compressed = new CompressedOutput(out, chain(codec, type))) {
      compressed.write(raw);
    }
    assertThat(out.toByteArray()).isEqualTo(frame);
  }

  private static Codec chain(String codec, String type) {
    List<Codec> chain = new ArrayList<>();
    for (String one : codec.split(",")) {
      String name = one.replaceAll("\\(.*", "");
      String argument = one.replaceAll("[^0-9]*$|^[^(]*\\(|^[^(]*$", "");
      List<Literal> values =
          one.contains("bit")
              ? List.of(Literal.of("bit"))
              : one.contains("(") ? List.of(Literal.of(Long.parseLong(argument))) : List.of();
      chain.add(Codecs.single(name, values, type(type), Lz4Codec.INSTANCE));
    }
    return CodecChain.of(chain);
  }

  private static DataType type(String name) {
    return switch (name) {
      case "Float64" -> FloatType.FLOAT64;
      case "Float32" -> FloatType.FLOAT32;
      case "UInt8" -> IntegerType.UINT8;
      case "Int8" -> IntegerType.INT8;
      case "Int16" -> IntegerType.INT16;
      case "UInt32" -> IntegerType.UINT32;
      default -> IntegerType.INT64;
    };
  }

  private static byte[] expected(String file, String type) {
    var out = new ByteWriter(100);
    for (long n = 0; n < 100; n++) {
      long v = n * n * n % 1000003;
      if (file.equals("gcd")) {
        out.writeInt((int) v * 12);
        continue;
      }
      if (file.equals("t648")) {
        out.writeLong(v - 500000);
        continue;
      }
      switch (type) {
        case "Int8" -> out.writeByte((int) n - 100);
        case "Float32" -> out.writeFloat(v / 8.0f);
        case "UInt8" -> out.writeByte((int) v);
        case "Int16" -> out.writeShort((int) v);
        case "UInt32" -> out.writeInt((int) v);
        case "Float64" -> out.writeDouble(v / 8.0);
        default -> out.writeLong(v * v * (n % 3 == 0 ? 1 : -1) * (n == 50 ? 1000000 : 1));
      }
    }
    return out.toByteArray();
  }

  private static byte[] resource(String file) throws IOException {
    try (InputStream in = CodecsTest.class.getResourceAsStream(file + ".bin")) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"LZ4", "LZ4HC", "ZSTD", "NONE", "Delta", "DoubleDelta", "Gorilla", "T64", "GCD"})
  void anyBytesSurviveEveryCodec(String name) {
    var random = new Random(20260101);
    for (int width : new int[] {1, 2, 4, 8}) {
      Codec codec =
          Codecs.single(name, List.of(), IntegerType.of(width, false), NoneCodec.INSTANCE);
      for (int length : new int[] {1, 2, 7, 8, 9, 100, 70_001}) {
        byte[] raw = new byte[length];
        random.nextBytes(raw);
        for (int i = 0; i < length; i++) {
          raw[i] = random.nextInt(3) == 0 ? raw[i] : i % 100 < 50 ? 0 : raw[i / 2];
        }
        byte[] encoded = new byte[codec.encodedSizeMax(length)];
        int n = codec.encode(raw, 0, length, encoded, 0);
        byte[] back = new byte[length];
        Codecs.decoder(codec.method()).decode(encoded, 0, n, back, 0, length);
        assertThat(back).isEqualTo(raw);
        if (codec.method() == Lz4Codec.METHOD) {
          byte[] own = new byte[length + 3];
          Lz4Decoder.decode(encoded, 0, n, own, 3, length);
          assertThat(Arrays.copyOfRange(own, 3, own.length)).isEqualTo(raw);
        }
      }
    }
  }

  @Test
  void everyDecoderIsRegisteredUnderItsMethod() {
    for (var e : Registry.of(BlockDecoder.class).entries()) {
      assertThat(Codecs.decoder(Integer.parseInt(e.name(), 16))).isNotNull();
    }
    assertThatThrownBy(() -> Codecs.decoder(0x42)).hasMessageContaining("0x42");
  }

  @Test
  void aFlippedBitIsNamedWithFileAndOffset() throws IOException {
    byte[] frame = resource("lz4");
    for (int i = 0; i < frame.length; i++) {
      byte[] bad = frame.clone();
      bad[i] ^= 0x10;
      var reader = new ByteReader(new CompressedInput(new ByteArrayInputStream(bad), "x.bin"));
      assertThatThrownBy(() -> reader.readBytes(400))
          .isInstanceOf(LonghouseException.class)
          .hasMessageContaining("x.bin at offset 0");
    }
    frame[40] ^= 1;
    var reader = new ByteReader(new CompressedInput(new ByteArrayInputStream(frame), "x.bin"));
    assertThatThrownBy(() -> reader.readBytes(400))
        .extracting(e -> ((LonghouseException) e).errorCode())
        .isEqualTo(ErrorCode.CHECKSUM_DOESNT_MATCH);
  }

  @Test
  void decodersSurviveGarbage() {
    var random = new Random(7);
    byte[] target = new byte[1000];
    for (var e : Registry.of(BlockDecoder.class).entries()) {
      for (int i = 0; i < 2000; i++) {
        byte[] garbage = new byte[random.nextInt(1, 200)];
        random.nextBytes(garbage);
        if (i % 2 == 0) {
          garbage[0] = (byte) (1 << random.nextInt(4));
        }
        try {
          Codecs.decoder(Integer.parseInt(e.name(), 16))
              .decode(garbage, 0, garbage.length, target, 0, 1000);
        } catch (LonghouseException | IndexOutOfBoundsException expected) {
          assertThat(expected).isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"LZ4, false", "LZ4, true", "ZSTD, false", "ZSTD, true", "NONE, true"})
  void blocksAreDecodedIntoPrimitiveArraysFromAnyPlace(String codec, boolean isMapped)
      throws IOException {
    int rows = 300_000;
    int[] values = new Random(3).ints(rows).map(v -> v & 0xFFFF).toArray();
    var raw = new ByteWriter(4 * rows);
    raw.writeSegment(MemorySegment.ofArray(values), 0, 4L * rows);
    var file = new ByteArrayOutputStream();
    List<Long> starts = new ArrayList<>();
    var out = new CompressedOutput(file, Codecs.parse(codec));
    for (int at = 0; at < raw.position(); at += 65_536) {
      starts.add(out.compressedBytes());
      out.write(raw.buffer(), at, Math.min(65_536, raw.position() - at));
      out.closeBlock();
    }
    byte[] bytes = file.toByteArray();
    var compressed = new CompressedFile(isMapped ? mapped(bytes) : new InMemory(bytes), 1 << 17);
    var reader = new ByteReader(compressed);
    for (int[] fromTo : new int[][] {{0, rows}, {5, 100}, {20_000, 70_000}, {16_384, 32_768}}) {
      int block = fromTo[0] / 16_384;
      compressed.seek(starts.get(block), fromTo[0] % 16_384 * 4, bytes.length);
      reader.discardBuffered();
      int[] got = new int[fromTo[1] - fromTo[0]];
      reader.readFully(MemorySegment.ofArray(got), 0, 4L * got.length);
      assertThat(got).isEqualTo(Arrays.copyOfRange(values, fromTo[0], fromTo[1]));
    }
    compressed.seek(starts.getFirst(), 0, bytes.length);
    reader.discardBuffered();
    for (int i = 0; i < rows; i++) {
      assertThat(reader.has(7) || i >= rows - 1).isTrue();
      assertThat(reader.readInt()).isEqualTo(values[i]);
    }
  }

  @Test
  void wrongBytesOfAMappedFileAreFound() throws IOException {
    var file = new ByteArrayOutputStream();
    var out = new CompressedOutput(file, Lz4Codec.INSTANCE);
    for (int i = 0; i < 1000; i++) {
      out.write(i * i);
    }
    out.closeBlock();
    byte[] bytes = file.toByteArray();
    for (int at = 0; at < bytes.length; at++) {
      byte[] wrong = bytes.clone();
      wrong[at] ^= 4;
      assertThatThrownBy(() -> new CompressedFile(mapped(wrong), 1).next())
          .isInstanceOf(LonghouseException.class);
      byte[] cut = Arrays.copyOf(bytes, at);
      if (at > 0) {
        assertThatThrownBy(() -> new CompressedFile(mapped(cut), 1).next())
            .isInstanceOf(LonghouseException.class)
            .extracting(e -> ((LonghouseException) e).errorCode())
            .isEqualTo(ErrorCode.CANNOT_READ_ALL_DATA);
      }
    }
  }

  @Test
  void checksumsOfSegmentsAreThoseOfArrays() {
    byte[] bytes = new byte[700];
    new Random(5).nextBytes(bytes);
    RandomAccessBytes file = mapped(bytes);
    for (int length = 0; length < 690; length++) {
      long[] ofArray = new long[2];
      long[] ofSegment = new long[2];
      CityHash128.hash(bytes, 7, length, ofArray);
      CityHash128.hash(java.util.Objects.requireNonNull(file.mapped()), 7, length, ofSegment);
      assertThat(ofSegment).isEqualTo(ofArray);
    }
  }

  /** Bytes outside of the heap, as those of a mapped file. */
  private static RandomAccessBytes mapped(byte[] bytes) {
    MemorySegment segment = java.lang.foreign.Arena.ofAuto().allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, segment, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
    MemorySegment exact = segment.asSlice(0, bytes.length);
    return new RandomAccessBytes() {
      @Override
      public String name() {
        return "mapped";
      }

      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long position, byte[] target, int from, int length) {
        throw new AssertionError("a mapped file is not copied");
      }

      @Override
      public MemorySegment mapped() {
        return exact;
      }
    };
  }

  private record InMemory(byte[] bytes) implements RandomAccessBytes {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void read(long position, byte[] target, int from, int length) {
      System.arraycopy(bytes, (int) position, target, from, length);
    }
  }
}
