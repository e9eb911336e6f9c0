package io.longhouse.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.io.ByteArrayInputStream;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class InputFormatsTest {
  @BeforeAll
  static void zone() {
    TimeZones.server(ZoneOffset.UTC);
  }

  @TestFactory
  Stream<DynamicTest> readsAsClickHouseReads() {
    return FormatCase.of("inputs.bin").stream()
        .map(c -> DynamicTest.dynamicTest(title(c), () -> compare(c, new ByteReader(c.data()))));
  }

  @TestFactory
  Stream<DynamicTest> readsTheSameWhenBytesComeOneByOne() {
    return FormatCase.of("inputs.bin").stream()
        .map(c ->
            DynamicTest.dynamicTest(
                title(c), () -> compare(c, new ByteReader(new Trickle(c.data()), 64))));
  }

  /** A stream that hands out one byte at a time. */
  private static final class Trickle extends ByteArrayInputStream {
    Trickle(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int read(byte[] b, int from, int length) {
      return super.read(b, from, Math.min(1, length));
    }
  }

  private static String title(FormatCase c) {
    return c.format() + " " + c.settingsText() + " " + ByteText.decode(c.data());
  }

  private static void compare(FormatCase c, ByteReader in) {
    String expected = expected(c.output());
    String found = read(c, in);
    assertThat(found)
        .as(c.format() + " " + c.header() + ByteText.decode(c.data()))
        .isEqualTo(expected);
  }

  /** Bytes of RowBinary in hexadecimal digits, or the error's code. */
  private static String expected(byte[] output) {
    if (output.length > 6
        && new String(output, 0, 6, java.nio.charset.StandardCharsets.ISO_8859_1)
            .equals("!Code:")) {
      String message = ByteText.decode(output);
      return message.substring(1, message.indexOf(". DB"));
    }
    return HexFormat.of().formatHex(output);
  }

  private static String read(FormatCase c, ByteReader in) {
    var out = new ByteWriter(64);
    try {
      InputFormat input =
          Formats.input(c.format(), c.header(), c.settings(), in, InputOptions.DEFAULT);
      OutputFormat output = Formats.output("RowBinary", c.header(), FormatSettings.DEFAULT, out);
      for (Block b = input.read(); b != null; b = input.read()) {
        output.write(b);
      }
    } catch (LonghouseException e) {
      return "Code: " + e.code();
    }
    return HexFormat.of().formatHex(out.toByteArray());
  }
}
