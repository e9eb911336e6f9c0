package io.longhouse.server.http;

import java.io.InputStream;

/**
 * A request's head, and its body as a stream that has not been read.
 *
 * @param uri path and query as they stood in the request line
 * @param http10 whether the client speaks HTTP/1.0
 */
record HttpRequest(String method, String uri, boolean http10, Headers headers, InputStream body) {
  String path() {
    int q = uri.indexOf('?');
    String path = q < 0 ? uri : uri.substring(0, q);
    int scheme = path.indexOf("://");
    if (scheme > 0) {
      int slash = path.indexOf('/', scheme + 3);
      return slash < 0 ? "/" : path.substring(slash);
    }
    return path;
  }

  /** What follows the question mark; empty without one. */
  String queryString() {
    int q = uri.indexOf('?');
    return q < 0 ? "" : uri.substring(q + 1);
  }

  boolean isReadOnlyMethod() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean keepAlive() {
    return http10
        ? headers.hasToken("Connection", "keep-alive")
        : !headers.hasToken("Connection", "close");
  }
}
