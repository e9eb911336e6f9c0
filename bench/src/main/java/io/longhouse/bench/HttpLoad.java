package io.longhouse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * What clients, each on a connection of its own and without a pause, got from a server.
 *
 * @param latenciesNs of all answers, ascending
 */
record HttpLoad(long[] latenciesNs, double seconds) {
  /**
   * Has clients ask for some time.
   *
   * @param request makes the next request of a client, from randomness of the client's own
   */
  static HttpLoad run(
      int port, int clients, double seconds, Function<SplittableRandom, byte[]> request) {
    long startNs = System.nanoTime();
    long endNs = startNs + (long) (seconds * 1e9);
    List<Future<long[]>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < clients; c++) {
        var random = new SplittableRandom(c + 1);
        running.add(threads.submit(() -> client(port, endNs, random, request)));
      }
    }
    double took = (System.nanoTime() - startNs) / 1e9;
    long[] all =
        running.stream()
            .flatMapToLong(f -> {
              try {
                return Arrays.stream(f.get());
              } catch (ExecutionException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            })
            .sorted()
            .toArray();
    return new HttpLoad(all, took);
  }

  private static long[] client(
      int port, long endNs, SplittableRandom random, Function<SplittableRandom, byte[]> request) {
    long[] took = new long[1024];
    int n = 0;
    try (var connection = new HttpConnection(port)) {
      while (System.nanoTime() < endNs) {
        byte[] question = request.apply(random);
        long from = System.nanoTime();
        connection.ask(question);
        if (n == took.length) {
          took = Arrays.copyOf(took, 2 * n);
        }
        took[n++] = System.nanoTime() - from;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Arrays.copyOf(took, n);
  }

  double perSecond() {
    return latenciesNs.length / seconds;
  }

  /** The latency, in milliseconds, below which a share of the answers came. */
  double quantileMs(double share) {
    int at = (int) Math.min(latenciesNs.length - 1, share * latenciesNs.length);
    return latenciesNs[at] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.0f queries/s, p50 %.2f ms, p99 %.2f ms",
        perSecond(),
        quantileMs(0.5),
        quantileMs(0.99));
  }
}
