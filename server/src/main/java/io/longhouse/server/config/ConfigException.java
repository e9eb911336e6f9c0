package io.longhouse.server.config;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.List;

/** The configuration cannot be used; the message lists every problem, one on a line. */
public final class ConfigException extends LonghouseException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  ConfigException(List<String> problems) {
    super(
        ErrorCode.INVALID_CONFIG_PARAMETER,
        problems.size() == 1
            ? problems.getFirst()
            : problems.size()
                + " problems in the configuration:\n  "
                + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
