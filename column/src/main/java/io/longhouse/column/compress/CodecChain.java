package io.longhouse.column.compress;

import io.longhouse.registry.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several codecs one after another: {@code CODEC(Delta(4), ZSTD(1))}. Each but the first encodes
 * the block, header included, of the one before it.
 */
public record CodecChain(List<Codec> codecs) implements Codec {
  public CodecChain {
    codecs = List.copyOf(codecs);
  }

  @Override
  public int method() {
    return 0x91;
  }

  @Override
  public String text() {
    return codecs.stream().map(Codec::text).collect(Collectors.joining(", "));
  }

  @Override
  public boolean isGeneric() {
    return codecs.stream().anyMatch(Codec::isGeneric);
  }

  @Override
  public int encodedSizeMax(int rawLength) {
    int size = rawLength;
    for (Codec c : codecs) {
      size = Math.addExact(c.encodedSizeMax(size), CompressedFrame.HEADER_BYTES);
    }
    return Math.addExact(size, 1 + codecs.size());
  }

  @Override
  public int encode(byte[] raw, int from, int length, byte[] target, int at) {
    target[at] = (byte) codecs.size();
    for (int i = 0; i < codecs.size(); i++) {
      target[at + 1 + i] = (byte) codecs.get(i).method();
    }
    int payload = at + 1 + codecs.size();
    byte[] input = raw;
    int begin = from;
    int size = length;
    for (int i = 0; i < codecs.size(); i++) {
      Codec c = codecs.get(i);
      boolean last = i == codecs.size() - 1;
      byte[] output =
          last ? target : new byte[c.encodedSizeMax(size) + CompressedFrame.HEADER_BYTES];
      size = CompressedFrame.encodeBlock(c, input, begin, size, output, last ? payload : 0);
      input = output;
      begin = 0;
    }
    return 1 + codecs.size() + size;
  }

  /** Undoes the codecs from the last to the first. */
  @Register(kind = BlockDecoder.class, name = "91")
  static final class Decoder implements BlockDecoder {
    @Override
    public void decode(byte[] source, int from, int length, byte[] target, int at, int rawLength) {
      int count = source[from] & 0xFF;
      byte[] input = source;
      int begin = from + 1 + count;
      int size = length - 1 - count;
      for (int i = count - 1; i >= 0; i--) {
        int method = source[from + 1 + i] & 0xFF;
        if ((input[begin] & 0xFF) != method) {
          throw BlockDecoder.corrupted(
              "codec " + i + " of a chain is announced as " + method + ", found " + input[begin]);
        }
        int encoded = (int) Words.get(input, begin + 1, 4);
        int raw = (int) Words.get(input, begin + 5, 4);
        if (encoded > size
            || encoded < CompressedFrame.HEADER_BYTES
            || i == 0 && raw != rawLength) {
          throw BlockDecoder.corrupted(
              "sizes in a chain of codecs do not fit: " + encoded + ", " + raw);
        }
        CompressedFrame.checkRawSize(method, encoded, raw);
        byte[] output = i == 0 ? target : new byte[raw];
        int to = i == 0 ? at : 0;
        Codecs.decoder(method)
            .decode(
                input,
                begin + CompressedFrame.HEADER_BYTES,
                encoded - CompressedFrame.HEADER_BYTES,
                output,
                to,
                raw);
        input = output;
        begin = 0;
        size = raw;
      }
    }
  }

  /** The codecs as a chain, or the one there is. */
  public static Codec of(List<Codec> codecs) {
    return codecs.size() == 1 ? codecs.getFirst() : new CodecChain(codecs);
  }

  /** Only the codecs that work on any bytes; LZ4 where none is left. */
  public static Codec genericPart(Codec codec) {
    if (!(codec instanceof CodecChain chain)) {
      return codec.isGeneric() ? codec : Lz4Codec.INSTANCE;
    }
    List<Codec> generic = new ArrayList<>(chain.codecs);
    generic.removeIf(c -> !c.isGeneric());
    return generic.isEmpty() ? Lz4Codec.INSTANCE : of(generic);
  }
}
