package io.longhouse.client;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** {@code clickhouse://user:password@host:port/database?secure}, as an argument by itself. */
final class ConnectionString {
  private ConnectionString() {}

  /** Takes from the string what no option has said. */
  static void apply(String text, Options options) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(text, e.getReason());
    }
    if (uri.getScheme() == null || !uri.getScheme().matches("clickhouse|longhouse")) {
      throw wrong(text, "expected clickhouse://[user[:password]@]host[:port][/database]");
    }
    if (uri.getHost() != null) {
      String host = uri.getHost();
      options.set("host", host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
    if (uri.getPort() > 0) {
      options.set("port", Integer.toString(uri.getPort()));
    }
    String who = uri.getRawUserInfo();
    if (who != null) {
      int colon = who.indexOf(':');
      options.set("user", decode(colon < 0 ? who : who.substring(0, colon)));
      if (colon >= 0) {
        options.set("password", decode(who.substring(colon + 1)));
      }
    }
    if (uri.getPath() != null && uri.getPath().length() > 1) {
      options.set("database", uri.getPath().substring(1));
    }
    if (uri.getQuery() != null && uri.getQuery().contains("secure")) {
      options.set("secure", "1");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static LonghouseException wrong(String text, String why) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "Unrecognized argument '" + text + "': " + why);
  }
}
