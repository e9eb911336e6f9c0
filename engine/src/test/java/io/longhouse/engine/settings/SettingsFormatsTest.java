package io.longhouse.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.longhouse.column.type.FormatSettings;
import org.junit.jupiter.api.Test;

class SettingsFormatsTest {
  @Test
  void unchangedSettingsAreTheDefaultsOfFormats() {
    assertThat(FormatSettings.from(new Settings()::get))
        .usingRecursiveComparison()
        .ignoringFields("lookup")
        .isEqualTo(FormatSettings.DEFAULT);
    assertThat(new Settings().formats()).isSameAs(FormatSettings.DEFAULT);
  }

  @Test
  void aChangedSettingCounts() {
    Settings settings = new Settings();
    settings.set("max_threads", "3");
    assertThat(settings.formats()).isSameAs(FormatSettings.DEFAULT);
    settings.set("format_csv_delimiter", ";");
    assertThat(settings.formats().formatCsvDelimiter).isEqualTo(';');
  }
}
