package io.longhouse.function.scalar.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SmallDivisionTest {
  private static final long LIMIT = 1L << 32;

  @Test
  void quotientsAndRemaindersAreExact() {
    var random = new Random(11);
    long[] out = new long[6];
    for (int i = 0; i < 200_000; i++) {
      long y = 1 + (random.nextLong(LIMIT - 1) >>> random.nextInt(32));
      long multiple = random.nextLong(LIMIT / y + 1) * y;
      long[] x = {
        random.nextLong(LIMIT),
        Math.min(multiple, LIMIT - 1),
        Math.max(0, Math.min(multiple, LIMIT - 1) - 1),
        Math.min(multiple + 1, LIMIT - 1),
        LIMIT - 1,
        0
      };
      SmallDivision.remainder(x, 0, y, out, 0, x.length);
      for (int k = 0; k < x.length; k++) {
        assertThat(out[k]).as("%d %% %d", x[k], y).isEqualTo(x[k] % y);
      }
      SmallDivision.quotient(x, 0, y, out, 0, x.length);
      for (int k = 0; k < x.length; k++) {
        assertThat(out[k]).as("%d / %d", x[k], y).isEqualTo(x[k] / y);
      }
    }
  }
}
