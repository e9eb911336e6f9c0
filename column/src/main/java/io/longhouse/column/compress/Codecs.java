package io.longhouse.column.compress;

import io.longhouse.column.type.DataType;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From {@code CODEC(...)} to codecs, and from method bytes to decoders. */
public final class Codecs {
  private static final @Nullable BlockDecoder[] DECODERS = new BlockDecoder[256];

  private Codecs() {}

  /**
   * The decoder of a method byte.
   *
   * @throws LonghouseException UNKNOWN_CODEC (432)
   */
  public static BlockDecoder decoder(int method) {
    BlockDecoder d = DECODERS[method];
    if (d == null) {
      d = Registry.of(BlockDecoder.class).find(String.format(Locale.ROOT, "%02X", method));
      if (d == null) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_CODEC,
            String.format(Locale.ROOT, "Unknown codec family code: 0x%02x", method));
      }
      DECODERS[method] = d;
    }
    return d;
  }

  /**
   * The codecs of one {@code CODEC(...)} as a chain.
   *
   * @param type of the values, null where it is not known
   * @param otherwise what {@code Default} stands for
   */
  public static Codec of(FunctionCall codec, @Nullable DataType type, Codec otherwise) {
    List<Codec> chain = new ArrayList<>();
    for (Expression e : codec.arguments()) {
      switch (e) {
        case Identifier i -> chain.add(single(i.name(), List.of(), type, otherwise));
        case FunctionCall f -> {
          if (!f.arguments().isEmpty()) {
            checkTakesArguments(f.name());
          }
          List<Literal> values = new ArrayList<>();
          for (Expression a : f.arguments()) {
            if (!(a instanceof Literal l)) {
              throw new LonghouseException(
                  ErrorCode.ILLEGAL_CODEC_PARAMETER,
                  f.name() + " codec takes constants only, given " + Formatter.formatOneLine(a));
            }
            values.add(l);
          }
          chain.add(single(f.name(), values, type, otherwise));
        }
        default ->
            throw new LonghouseException(
                ErrorCode.UNEXPECTED_AST_STRUCTURE, "Unexpected AST element for compression codec");
      }
    }
    return CodecChain.of(chain);
  }

  private static void checkTakesArguments(String name) {
    CodecFactory factory = Registry.of(CodecFactory.class).find(name);
    if (factory != null && !factory.takesArguments()) {
      throw new LonghouseException(
          ErrorCode.DATA_TYPE_CANNOT_HAVE_ARGUMENTS,
          "Compression codec " + name + " cannot have arguments");
    }
  }

  /**
   * The same {@code CODEC(...)} with the parameters that were left out: {@code ZSTD(1)}, {@code
   * Delta(8)}.
   *
   * @param type of the values, null where they have many
   */
  public static FunctionCall complete(FunctionCall codec, @Nullable DataType type) {
    List<Expression> complete = new ArrayList<>();
    for (Expression e : codec.arguments()) {
      FunctionCall one = FunctionCall.call(codec.name(), e);
      String name =
          e instanceof FunctionCall f ? f.name() : e instanceof Identifier i ? i.name() : "";
      Codec c = of(one, type, Lz4Codec.INSTANCE);
      boolean asWritten = name.equalsIgnoreCase("Default") || type == null && !c.isGeneric();
      complete.add(asWritten ? e : Parser.parseExpression(c.text()));
    }
    return FunctionCall.call(codec.name(), complete);
  }

  /** One codec by name. */
  public static Codec single(
      String name, List<Literal> values, @Nullable DataType type, Codec otherwise) {
    if (name.equalsIgnoreCase("Default")) {
      return otherwise;
    }
    CodecFactory factory = Registry.of(CodecFactory.class).find(name);
    if (factory == null) {
      throw new LonghouseException(ErrorCode.UNKNOWN_CODEC, "Unknown codec family: '" + name + "'");
    }
    return factory.create(new CodecFactory.Arguments(name, values, type));
  }

  /**
   * Codecs written as {@code LZ4}, {@code ZSTD(1)} or {@code Delta(4), LZ4}, with or without {@code
   * CODEC(...)} around them, as settings and {@code default_compression_codec.txt} have them.
   */
  public static Codec parse(String text) {
    String inside = text.strip();
    if (inside.startsWith("CODEC(") && inside.endsWith(")")) {
      inside = inside.substring(6, inside.length() - 1);
    }
    List<Codec> chain = new ArrayList<>();
    for (String one : inside.split(",(?![^(]*\\))")) {
      String name = one.strip();
      List<Literal> values = new ArrayList<>();
      int open = name.indexOf('(');
      if (open >= 0 && name.endsWith(")")) {
        for (String a : name.substring(open + 1, name.length() - 1).split(",")) {
          String v = a.strip();
          if (v.startsWith("'")) {
            values.add(Literal.of(v.substring(1, v.length() - 1)));
          } else if (v.matches("[0-9]{1,18}")) {
            values.add(Literal.of(Long.parseLong(v)));
          } else {
            throw new LonghouseException(
                ErrorCode.ILLEGAL_CODEC_PARAMETER, "Wrong codec parameter: " + text);
          }
        }
        name = name.substring(0, open);
      }
      chain.add(single(name, values, null, Lz4Codec.INSTANCE));
    }
    return CodecChain.of(chain);
  }
}
