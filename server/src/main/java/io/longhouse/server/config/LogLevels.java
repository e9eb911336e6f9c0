package io.longhouse.server.config;

import java.lang.System.Logger.Level;
import java.util.List;

/** ClickHouse's names of log levels. */
public final class LogLevels {
  /** From silent to loud. */
  public static final List<String> NAMES =
      List.of(
          "none",
          "fatal",
          "critical",
          "error",
          "warning",
          "notice",
          "information",
          "debug",
          "trace",
          "test");

  private LogLevels() {}

  /** The least severe level that is still written. */
  public static Level of(String name) {
    return switch (name) {
      case "none" -> Level.OFF;
      case "fatal", "critical", "error" -> Level.ERROR;
      case "warning" -> Level.WARNING;
      case "notice", "information" -> Level.INFO;
      case "debug" -> Level.DEBUG;
      case "trace", "test" -> Level.TRACE;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
