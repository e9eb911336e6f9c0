package io.longhouse.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longhouse.sql.LonghouseException;
import org.junit.jupiter.api.Test;

/** What an array will take is asked for before it is allocated. */
class CapacityTest {
  private static final int MIB = 1 << 20;

  @Test
  void growthIsRefusedBeforeItHappens() {
    var total = new MemoryTracker("(total)", 8L * MIB, null);
    var query = new MemoryTracker("(for query)", 0, total);
    assertThatThrownBy(() -> query.during(() -> Capacity.grown(MIB, MIB + 1L, Long.BYTES)))
        .isInstanceOf(LonghouseException.class)
        .hasMessageContaining("memory limit exceeded: would use 16.00 MiB");
    assertThat(total.used()).isZero();
  }

  @Test
  void whatWasAnnouncedIsTakenBackAtTheEndOfTheWork() {
    var query = new MemoryTracker("(for query)", 64L * MIB, null);
    query.during(() -> {
      assertThat(Capacity.grown(MIB, MIB + 1L, Long.BYTES)).isEqualTo(2 * MIB);
      assertThat(query.used()).isEqualTo(8L * MIB);
      assertThat(Capacity.slots(2 * MIB, 2, Long.BYTES)).isEqualTo(4 * MIB);
      return query;
    });
    assertThat(query.used()).isZero();
    assertThat(query.peak()).isEqualTo(40L * MIB);
  }

  @Test
  void nothingGrowsPastWhatAnArrayCanBe() {
    assertThat(Capacity.grown(Capacity.MAX - 1, Capacity.MAX, 1)).isEqualTo(Capacity.MAX);
    assertThatThrownBy(() -> Capacity.grown(Capacity.MAX, Capacity.MAX + 1L, 1))
        .hasMessageContaining("cannot have 2147483640 elements");
    assertThatThrownBy(() -> Capacity.slots(1 << 30, 2, 1)).hasMessageContaining("2147483648");
  }
}
