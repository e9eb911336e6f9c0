package io.longhouse.function;

import io.longhouse.column.type.FormatSettings;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What a function may know of the query and session it is resolved for. */
public interface FunctionContext {
  /** A setting's value as text, as {@code system.settings} shows it; null for an unknown name. */
  @Nullable String setting(String name);

  /** Whether a setting of type Bool is on. */
  default boolean isOn(String setting) {
    String v = setting(setting);
    return v != null && (v.equals("1") || v.equals("true"));
  }

  /** A setting of a number type, or {@code otherwise} when there is no such setting. */
  default long number(String setting, long otherwise) {
    String v = setting(setting);
    return v == null || v.isEmpty() ? otherwise : Long.parseLong(v);
  }

  /** When the query began: what {@code now()} answers in all its places. */
  Instant queryStart();

  ZoneId timeZone();

  FormatSettings formatSettings();

  String currentDatabase();

  String currentUser();

  String queryId();

  /**
   * Something of the engine that a function of a higher module needs, for example the catalog; null
   * where there is none, as in constant folding of a table's defaults.
   */
  default <T> @Nullable T service(Class<T> kind) {
    return null;
  }
}
