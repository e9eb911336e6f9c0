package io.longhouse.engine.access;

import io.longhouse.sql.ast.SettingsElement.Writability;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user, role or profile says of settings, in its order; the later wins. */
public record ProfileElements(List<Element> elements) {
  public static final ProfileElements NONE = new ProfileElements(List.of());

  public ProfileElements {
    elements = List.copyOf(elements);
  }

  /** One of them. */
  public sealed interface Element {}

  /** Everything of another profile. */
  public record Inherit(UUID profile) implements Element {}

  /**
   * A value and bounds as text, as {@code system.settings} shows it; null where nothing is said.
   */
  public record Setting(
      String name,
      @Nullable String value,
      @Nullable String min,
      @Nullable String max,
      Writability writability)
      implements Element {}
}
