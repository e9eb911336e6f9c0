package io.longhouse.engine.settings;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** Settings that promise a limit which nothing here keeps: better refused than ignored. */
public final class NotHonoured {
  private static final List<String> NAMES =
      List.of(
          "force_data_skipping_indices",
          "max_execution_speed",
          "max_execution_speed_bytes",
          "max_partitions_to_read",
          "min_execution_speed",
          "min_execution_speed_bytes",
          "reserve_memory");

  private NotHonoured() {}

  /**
   * @throws LonghouseException NOT_IMPLEMENTED (48) when one of them has another value than its
   *     default
   */
  public static void refuse(Settings settings) {
    for (String name : NAMES) {
      SettingTable.Definition d = Settings.table().find(name);
      if (d != null && settings.isChanged(name) && !settings.text(name).equals(d.defaultValue())) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "Setting " + name + " = " + settings.text(name) + " is not implemented");
      }
    }
  }
}
