package io.longhouse.engine.settings;

/** The settings of the server's configuration, by name, with ClickHouse's defaults. */
public final class ServerSettings {
  private static final SettingTable TABLE =
      new SettingTable(ServerSettings.class, "server_settings.tsv");

  private ServerSettings() {}

  public static SettingTable table() {
    return TABLE;
  }
}
