package io.longhouse.column.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatTextTest {
  private static String text(double v) {
    var out = new ByteWriter(32);
    FloatText.write(v, out);
    return out.toString();
  }

  private static String text(float v) {
    var out = new ByteWriter(32);
    FloatText.write(v, out);
    return out.toString();
  }

  private static double parse(String s) {
    return FloatText.readDouble(new ByteReader(s.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static float parseFloat(String s) {
    return FloatText.readFloat(new ByteReader(s.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void writesWhatClickHouseWrites() {
    double[] values = {
      1.5,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      0,
      1e100,
      1e21,
      1e20,
      123456789012345680.0,
      0.1,
      1e-7,
      1e-5,
      0.0001,
      5e-324,
      Double.MAX_VALUE,
      0.1 + 0.2,
      -1234567.125,
      1e15,
      1e16,
      9007199254740993.0,
      2.2250738585072014e-308
    };
    var all = new StringBuilder();
    for (double v : values) {
      all.append(text(v)).append(' ');
    }
    assertThat(all.toString())
        .isEqualTo(
            "1.5 nan inf -inf -0 0 1e100 1e21 100000000000000000000 123456789012345680 0.1 1e-7"
                + " 0.00001 0.0001 5e-324 1.7976931348623157e308 0.30000000000000004 -1234567.125"
                + " 1000000000000000 10000000000000000 9007199254740992 2.2250738585072014e-308 ");
    assertThat(text(0.1f) + " " + text(1e10f) + " " + text(3.4e38f) + " " + text(16777216f))
        .isEqualTo("0.1 10000000000 3.4e38 16777216");
    assertThat(text(1e-6f) + " " + text(Float.MIN_VALUE)).isEqualTo("0.000001 1e-45");
  }

  @Test
  void everyNumberReadsBackAndNoShorterTextWould() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 30_000; i++) {
      double v = Double.longBitsToDouble(random.nextLong());
      if (!Double.isFinite(v)) {
        continue;
      }
      if (i % 3 == 0) {
        v = Math.round(random.nextDouble() * 1e6) / 1e3;
      }
      String s = text(v);
      assertThat(Double.parseDouble(s)).as("seed %s: %s", seed, v).isEqualTo(v);
      assertThat(parse(s)).as("seed %s: %s", seed, s).isEqualTo(v);
      int digits = new BigDecimal(s).stripTrailingZeros().precision();
      assertThat(digits)
          .as("seed %s: %s", seed, s)
          .isLessThanOrEqualTo(new BigDecimal(Double.toString(v)).stripTrailingZeros().precision());
      String longer = new BigDecimal(v).toString();
      assertThat(parse(longer)).as("seed %s: %s", seed, longer).isEqualTo(v);
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f)) {
        assertThat(parseFloat(text(f))).as("seed %s: %s", seed, f).isEqualTo(f);
        assertThat(Float.parseFloat(text(f))).as("seed %s: %s", seed, f).isEqualTo(f);
      }
    }
  }

  @Test
  void readsOtherNotations() {
    assertThat(parse("+1.5")).isEqualTo(1.5);
    assertThat(parse(".5")).isEqualTo(0.5);
    assertThat(parse("5.")).isEqualTo(5);
    assertThat(parse("-.5e-3")).isEqualTo(-0.0005);
    assertThat(parse("Inf")).isInfinite();
    assertThat(parse("-infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parse("+NaN")).isNaN();
    assertThat(parse("1.7976931348623159e309")).isInfinite();
    assertThat(parse("1e-400")).isZero();
    for (String s :
        new String[] {
          "4.9e-324",
          "2.4703282292062327e-324",
          "2.2250738585072011e-308",
          "9007199254740993",
          "9007199254740992.5",
          "179769313486231580793e289",
          "1e23",
          "8.5e-5"
        }) {
      assertThat(parse(s)).as(s).isEqualTo(Double.parseDouble(s));
    }
    assertThat(parseFloat("1.00000017881393432617187499")).isEqualTo(1.0000001f);
    assertThat(parseFloat("1.00000017881393432617187501")).isEqualTo(1.0000002f);
  }
}
