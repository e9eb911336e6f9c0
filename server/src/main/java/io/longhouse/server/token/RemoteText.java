package io.longhouse.server.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A text behind an address: fetched within a time, up to a size, without following anywhere. */
final class RemoteText implements CachedKeys.Loader, AutoCloseable {
  private static final int SIZE_BYTES_MAX = 1 << 20;

  private final URI uri;
  private final int timeoutMs;
  private final HttpClient client;

  RemoteText(URI uri, int connectTimeoutMs, int timeoutMs) {
    this.uri = uri;
    this.timeoutMs = timeoutMs;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofMillis(connectTimeoutMs))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String load() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMillis(timeoutMs))
            .header("Accept", "application/json")
            .build();
    var handler =
        HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), SIZE_BYTES_MAX);
    var answer = client.sendAsync(request, handler);
    try {
      HttpResponse<byte[]> response = answer.get(timeoutMs, TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("the answer has status " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer within " + timeoutMs + " ms", e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
