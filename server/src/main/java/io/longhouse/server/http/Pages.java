package io.longhouse.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Static pages that the server carries in itself. */
final class Pages {
  static final byte[] OK = "Ok.\n".getBytes(StandardCharsets.US_ASCII);
  private static final Map<String, String> FILES =
      Map.of("/play", "play.html", "/favicon.ico", "favicon.svg", "/favicon.svg", "favicon.svg");

  private Pages() {}

  static byte @Nullable [] find(String path) throws IOException {
    String file = FILES.get(path);
    if (file == null) {
      return null;
    }
    try (InputStream in = Pages.class.getResourceAsStream(file)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  static String contentType(String path) {
    return path.equals("/play") ? "text/html; charset=UTF-8" : "image/svg+xml";
  }
}
