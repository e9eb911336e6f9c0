package io.longhouse.column.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalendarTest {
  @Test
  void daysAndCivilDatesAgreeWithTheJdk() {
    for (int day = -800_000; day <= 800_000; day += 13) {
      LocalDate date = LocalDate.ofEpochDay(day);
      int civil = Calendar.civil(day);
      assertThat(Calendar.year(civil)).isEqualTo(date.getYear());
      assertThat(Calendar.month(civil)).isEqualTo(date.getMonthValue());
      assertThat(Calendar.day(civil)).isEqualTo(date.getDayOfMonth());
      assertThat(Calendar.days(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(day);
      assertThat(Calendar.dayOfWeek(day)).isEqualTo(date.getDayOfWeek().getValue());
      assertThat(Calendar.dayOfYear(day)).isEqualTo(date.getDayOfYear());
      assertThat(Calendar.addMonths(day, 17)).isEqualTo((int) date.plusMonths(17).toEpochDay());
    }
  }

  @Test
  void offsetsAgreeWithTheJdkOutsideOfGapsAndOverlaps() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (String name :
        new String[] {"UTC", "Europe/Moscow", "America/New_York", "Asia/Kolkata", "Pacific/Apia"}) {
      var zone = ZoneId.of(name);
      ZoneOffsets offsets = ZoneOffsets.of(zone);
      for (int i = 0; i < 20_000; i++) {
        long second = random.nextLong(-2_208_988_800L, 10_413_792_000L);
        int expected = zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        assertThat(offsets.offsetAt(second)).as("%s %s", name, second).isEqualTo(expected);
        var local = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        if (zone.getRules().getTransition(local) == null) {
          assertThat(offsets.offsetAtLocal(second))
              .as("%s %s seed %s", name, local, seed)
              .isEqualTo(zone.getRules().getOffset(local).getTotalSeconds());
        }
      }
    }
  }
}
