package io.longhouse.function.scalar.datetime;

import io.longhouse.column.type.Calendar;

/**
 * Year, month and day of days, packed as {@link Calendar#civil} packs them, from a table for all
 * days that the type Date has: 256 KiB, made when first asked for.
 */
final class Civil {
  private static final int DAYS = Calendar.DATE_MAX + 1;
  private static final int[] TABLE = new int[DAYS];

  static {
    for (int day = 0; day < DAYS; day++) {
      TABLE[day] = Calendar.civil(day);
    }
  }

  private Civil() {}

  static int of(long day) {
    return day >= 0 && day < DAYS ? TABLE[(int) day] : Calendar.civil((int) day);
  }
}
