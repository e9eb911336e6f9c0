package io.longhouse.server.config;

import io.longhouse.engine.settings.ServerSettings;
import java.util.Set;

/** Top-level keys that a command line may set: a misspelt one should not pass in silence. */
final class KnownKeys {
  private static final Set<String> BESIDE_THE_TABLE =
      Set.of(
          "config-file",
          "config",
          "path",
          "display_name",
          "listen_host",
          "http_port",
          "https_port",
          "tcp_port",
          "tcp_port_secure",
          "timezone",
          "users_config",
          "max_connections",
          "keep_alive_timeout",
          "default_session_timeout",
          "max_session_timeout",
          "http_server_default_response",
          "interserver_http_port",
          "interserver_listen_host",
          "mark_cache_size",
          "include_from",
          "shutdown_wait_unfinished",
          "shutdown_wait_unfinished_queries",
          "default_database",
          "default_profile",
          "tmp_path",
          "user_files_path",
          "format_schema_path");

  private KnownKeys() {}

  static boolean contains(String key) {
    return BESIDE_THE_TABLE.contains(key) || ServerSettings.table().find(key) != null;
  }
}
