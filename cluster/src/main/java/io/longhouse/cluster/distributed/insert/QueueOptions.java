package io.longhouse.cluster.distributed.insert;

import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The settings of one Distributed table, ClickHouse's names and defaults; those about sending come
 * from the server's settings where the table says nothing. Files are synced unless a table says
 * otherwise: an acknowledged INSERT survives a loss of power.
 */
public final class QueueOptions {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "fsync_after_insert", "1",
          "fsync_directories", "1",
          "skip_unavailable_shards", "0",
          "bytes_to_throw_insert", "0",
          "bytes_to_delay_insert", "0",
          "max_delay_to_insert", "60",
          "flush_on_detach", "1");

  /** Names of old servers. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "monitor_batch_inserts", "background_insert_batch",
          "monitor_split_batch_on_failure", "background_insert_split_batch_on_failure",
          "monitor_sleep_time_ms", "background_insert_sleep_time_ms",
          "monitor_max_sleep_time_ms", "background_insert_max_sleep_time_ms");

  private static final List<String> OF_SERVER =
      List.of(
          "background_insert_batch",
          "background_insert_split_batch_on_failure",
          "background_insert_sleep_time_ms",
          "background_insert_max_sleep_time_ms");

  private final Map<String, String> values;

  /**
   * @param written the table's SETTINGS
   * @param server what the server's settings are where the table says nothing
   * @throws LonghouseException UNKNOWN_SETTING (115), BAD_ARGUMENTS (36)
   */
  public QueueOptions(Map<String, String> written, Settings server) {
    Map<String, String> all = new HashMap<>(DEFAULTS);
    for (String name : OF_SERVER) {
      all.put(name, number(name, server.text("distributed_" + name)));
    }
    written.forEach((name, value) -> {
      String known = RENAMED.getOrDefault(name, name);
      if (!all.containsKey(known)) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + name + "': for storage Distributed");
      }
      all.put(known, number(name, value));
    });
    values = Map.copyOf(all);
  }

  private static String number(String name, String value) {
    String v = value.equals("true") ? "1" : value.equals("false") ? "0" : value;
    try {
      return Long.toString(Long.parseLong(v));
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Setting " + name + " takes a number, not " + value, e);
    }
  }

  boolean isOn(String name) {
    return number(name) != 0;
  }

  long number(String name) {
    return Long.parseLong(Objects.requireNonNull(values.get(name)));
  }
}
