package io.longhouse.server.http;

import io.longhouse.engine.session.QueryRequest.ExternalTable;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request's parameters say about how to run its query and how to send the result.
 *
 * @param holdBytes how much of the result is held back before anything is sent
 * @param holdAll whether all of it is
 */
record QueryOptions(
    Map<String, String> settings,
    Map<String, String> queryParameters,
    String defaultFormat,
    List<ExternalTable> externalTables,
    Settings effective,
    int holdBytes,
    boolean holdAll,
    boolean compress) {
  private static final Set<String> RESERVED =
      Set.of(
          "query",
          "database",
          "default_format",
          "query_id",
          "user",
          "password",
          "quota_key",
          "session_id",
          "session_timeout",
          "session_check",
          "close_session",
          "compress",
          "decompress",
          "stacktrace",
          "role",
          "buffer_size",
          "wait_end_of_query",
          "client_protocol_version",
          "http_header_prefix");
  private static final int HOLD_BYTES = 1 << 20;

  static QueryOptions of(
      HttpRequest request, Parameters parameters, Settings session, List<Multipart.Part> files) {
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, String> named = new LinkedHashMap<>();
    parameters
        .all()
        .forEach((name, value) -> {
          if (name.startsWith("param_")) {
            named.put(name.substring("param_".length()), value);
          } else if (!name.isEmpty() && !RESERVED.contains(name) && !describes(name, files)) {
            settings.put(name, value);
          }
        });
    Settings effective = session.copy();
    settings.forEach(effective::set);
    if (request.isReadOnlyMethod() && effective.number("readonly") == 0) {
      settings.put("readonly", "2");
    }
    String format =
        parameters.get("default_format", request.headers().get("X-ClickHouse-Format", ""));
    if (format.isEmpty()) {
      format = "TabSeparated";
    }
    boolean all = parameters.isOn("wait_end_of_query", effective.isOn("http_wait_end_of_query"));
    long hold = parameters.number("buffer_size", effective.number("http_response_buffer_size"));
    if (hold < 0) {
      throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, "buffer_size is negative");
    }
    return new QueryOptions(
        settings,
        named,
        format,
        ExternalData.read(files, parameters, effective),
        effective,
        (int) Math.min(Math.max(hold, HOLD_BYTES), 1 << 30),
        all,
        parameters.isOn("compress"));
  }

  private static boolean describes(String name, List<Multipart.Part> files) {
    for (Multipart.Part f : files) {
      if (name.equals(f.name() + "_format")
          || name.equals(f.name() + "_structure")
          || name.equals(f.name() + "_types")) {
        return true;
      }
    }
    return false;
  }

  long maxQuerySize() {
    long n = effective.number("max_query_size");
    return n == 0 ? Integer.MAX_VALUE : n;
  }

  boolean sendProgress() {
    return effective.isOn("send_progress_in_http_headers");
  }

  long progressIntervalNs() {
    return effective.number("http_headers_progress_interval_ms") * 1_000_000L;
  }

  boolean cancelOnClose() {
    return effective.isOn("cancel_http_readonly_queries_on_client_close");
  }
}
