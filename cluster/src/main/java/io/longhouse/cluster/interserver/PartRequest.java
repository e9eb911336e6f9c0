package io.longhouse.cluster.interserver;

import io.longhouse.cluster.keeper.KeeperTls;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** A request for a part over HTTP. */
final class PartRequest {
  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int ERROR_BYTES_MAX = 4096;

  /** A peer that sends less is given up, so that it cannot hold a fetch for ever. */
  private static final long BYTES_PER_SEC_MIN = 256;

  private PartRequest() {}

  /** An answer that has begun, of a version of {@link PartProtocol}. */
  record Answer(
      HttpURLConnection connection,
      InputStream body,
      int version,
      String uri,
      long beginNs,
      int receiveMs)
      implements AutoCloseable {
    void checkSpeed(long receivedBytes) {
      long ms = (System.nanoTime() - beginNs) / 1_000_000;
      if (ms > 2L * receiveMs && receivedBytes < BYTES_PER_SEC_MIN * ms / 1000) {
        throw new LonghouseException(
            ErrorCode.SOCKET_TIMEOUT,
            "Only " + receivedBytes + " bytes in " + ms + " ms from " + uri);
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  static String uri(PartExchange.Request request) {
    String host = request.from().host();
    return request.from().scheme()
        + "://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + request.from().port()
        + "/?endpoint="
        + encoded(PartProtocol.endpoint(request.replicaPath()))
        + "&part="
        + encoded(request.part())
        + "&client_protocol_version="
        + PartProtocol.NEWEST
        + "&compress=false";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(
            new String(ByteText.encode(text), StandardCharsets.ISO_8859_1),
            StandardCharsets.ISO_8859_1)
        .replace("+", "%20");
  }

  /**
   * @param tls null for plain HTTP
   */
  static Answer send(String uri, InterserverConfig config, @Nullable KeeperTls tls) {
    InterserverConfig.Fetching limits = config.fetching();
    HttpURLConnection connection = null;
    try {
      connection = (HttpURLConnection) new URI(uri).toURL().openConnection();
      if (connection instanceof HttpsURLConnection secure && tls != null) {
        secure.setSSLSocketFactory(tls.context().getSocketFactory());
        if (tls.believesAnybody()) {
          secure.setHostnameVerifier((host, session) -> true);
        }
      }
      connection.setConnectTimeout(limits.connectMs());
      connection.setReadTimeout(limits.receiveMs());
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      InterserverConfig.Credentials own = config.own();
      if (own != null) {
        connection.setRequestProperty("Authorization", own.header());
      }
      connection.getOutputStream().close();
      int status = connection.getResponseCode();
      if (status != OK) {
        throw refused(uri, status, connection);
      }
      int version = version(connection.getHeaderFields());
      return new Answer(
          connection,
          connection.getInputStream(),
          version,
          uri,
          System.nanoTime(),
          limits.receiveMs());
    } catch (IOException | GeneralSecurityException | URISyntaxException e) {
      if (connection != null) {
        connection.disconnect();
      }
      throw new LonghouseException(
          e instanceof SocketTimeoutException ? ErrorCode.SOCKET_TIMEOUT : ErrorCode.NETWORK_ERROR,
          "Cannot ask " + uri + ": " + e,
          e);
    }
  }

  private static LonghouseException refused(String uri, int status, HttpURLConnection connection)
      throws IOException {
    String text = "";
    try (InputStream error = connection.getErrorStream()) {
      if (error != null) {
        text = ByteText.decode(error.readNBytes(ERROR_BYTES_MAX)).strip();
      }
    }
    String reason = connection.getResponseMessage();
    connection.disconnect();
    return new LonghouseException(
        status == TOO_MANY_REQUESTS
            ? ErrorCode.RECEIVED_ERROR_TOO_MANY_REQUESTS
            : ErrorCode.RECEIVED_ERROR_FROM_REMOTE_IO_SERVER,
        "Received error from remote server "
            + uri
            + ". HTTP status code: "
            + status
            + " '"
            + reason
            + "', body: '"
            + text
            + "'");
  }

  /** The version that the other server answers in; 0 if it does not say. */
  private static int version(Map<String, List<String>> headers) {
    for (Map.Entry<String, List<String>> e : headers.entrySet()) {
      if ("Set-Cookie".equalsIgnoreCase(e.getKey())) {
        for (String cookie : e.getValue()) {
          if (cookie.startsWith(PartProtocol.COOKIE + "=")) {
            return number(cookie.substring(PartProtocol.COOKIE.length() + 1).split(";", 2)[0]);
          }
        }
      }
    }
    return 0;
  }

  private static int number(String text) {
    String digits = text.replace("\"", "").strip();
    if (!digits.matches("[0-9]{1,4}") || Integer.parseInt(digits) > PartProtocol.NEWEST) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DATA, "The other server answers in protocol version " + text);
    }
    return Integer.parseInt(digits);
  }
}
