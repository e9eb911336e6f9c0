package io.longhouse.compat.isolation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputStatistics;
import io.longhouse.server.Server;
import io.longhouse.server.config.ServerConfig;
import io.longhouse.sql.ByteText;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A server before a world, and what a client sees of it: bytes, headers, packets. */
final class Wire implements AutoCloseable {
  /** Marks an error within a body, by a word made at random. */
  private static final String TAG = "x-clickhouse-exception-tag";

  /** Headers of the moment, made at random, and those that tell how bytes are framed. */
  private static final Set<String> UNSTEADY_HEADERS =
      Set.of(
          "date",
          "x-clickhouse-progress",
          TAG,
          "keep-alive",
          "connection",
          "transfer-encoding",
          "content-length");

  /** Elapsed time and memory, in whichever form a format or header has them. */
  private static final Pattern PHYSICAL =
      Pattern.compile(
          "(elapsed(_ns)?|memory_usage|peak_memory_usage)(\"?[:>] *\"?)[-+0-9.e]+",
          Pattern.CASE_INSENSITIVE);

  private final Server server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Wire(World world) {
    server =
        new Server(
            world.engine(),
            ServerConfig.of(List.of("--http_port=0", "--tcp_port=0", "--listen_host=127.0.0.1")));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A statement by HTTP; its settings and some of the protocol's own in the address. */
  Observation byHttp(Statement s, String queryId) {
    var url =
        new StringBuilder("http://127.0.0.1:" + server.port("http") + "/?query_id=" + queryId);
    s.settings().forEach((k, v) -> url.append('&').append(k).append('=').append(v));
    switch (Math.floorMod(queryId.hashCode(), 5)) {
      case 0 -> url.append("&wait_end_of_query=1");
      case 1 -> url.append("&send_progress_in_http_headers=1");
      case 2 -> url.append("&default_format=JSON&http_write_exception_in_output_format=1");
      case 3 -> url.append("&default_format=").append(URLEncoder.encode("Native", UTF_8));
      default -> url.append("&extremes=1&wait_end_of_query=1");
    }
    Map<String, String> seen = new LinkedHashMap<>();
    try {
      HttpResponse<byte[]> r =
          http.send(
              HttpRequest.newBuilder(URI.create(url.toString()))
                  .header("X-ClickHouse-User", "acme")
                  .header("X-ClickHouse-Key", "a")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(ByteText.encode(s.text())))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      seen.put(r.statusCode() == 200 ? "status" : "error", Integer.toString(r.statusCode()));
      r.headers()
          .map()
          .forEach((name, values) -> {
            if (!UNSTEADY_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
              seen.put("header " + name, steady(values.toString()));
            }
          });
      String body = steady(new String(r.body(), ISO_8859_1));
      seen.put("body", body.replace(r.headers().firstValue(TAG).orElse("\0"), "(tag)"));
    } catch (IOException e) {
      seen.put("error", "the connection broke: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Observation(seen);
  }

  private static String steady(String text) {
    return Unsteady.message(PHYSICAL.matcher(text).replaceAll("$1$3(physical)"));
  }

  /** A statement by the native protocol, each kind of packet summed up. */
  Observation byNative(Statement s, String queryId) {
    var sums = new Packets();
    var query =
        new ClientQuery(ByteText.encode(s.text()), queryId, s.settings(), Map.of(), Map.of());
    var at =
        new Endpoint("127.0.0.1", server.port("tcp"), false, false, "acme", "a", "default", null);
    try (NativeClient c = NativeClient.connect(at)) {
      c.send(query);
      boolean awaited = s.text().startsWith("INSERT");
      boolean over = false;
      while (!over) {
        Answer a = c.next();
        over = sums.add(a);
        if (awaited && a instanceof Answer.Data) {
          awaited = false;
          c.endData();
        }
      }
    }
    return new Observation(sums.seen());
  }

  /** What came, without how it was cut into packets of progress. */
  private static final class Packets {
    private final Map<String, String> seen = new LinkedHashMap<>();
    private final long[] progress = new long[5];

    /** Whether it was the last. */
    boolean add(Answer a) {
      switch (a) {
        case Answer.Data d -> block("data", d.block());
        case Answer.Totals t -> block("totals", t.block());
        case Answer.Extremes e -> block("extremes", e.block());
        case Answer.Log l -> {
          int text = l.block().header().indexOf("text");
          lines("log", l.block(), text);
        }
        case Answer.ProfileEvents e -> events(e.block());
        case Answer.Progress p -> {
          progress[0] += p.packet().rows();
          progress[1] += p.packet().bytes();
          progress[2] += p.packet().totalRows();
          progress[3] += p.packet().writtenRows();
          progress[4] += p.packet().writtenBytes();
        }
        case Answer.Profile p -> put("profile", p.packet().toString());
        case Answer.TableColumns t -> put("columns", t.toString());
        case Answer.TimeZone z -> put("zone", z.name());
        case Answer.Failed f -> put("error", Unsteady.message(f.failure().display()));
        case Answer.End _ -> put("end", "");
      }
      return a instanceof Answer.End || a instanceof Answer.Failed;
    }

    private void put(String name, String value) {
      seen.merge(name, value, (x, y) -> x + "\n" + y);
    }

    private void block(String name, NamedBlock b) {
      var out = new ByteWriter(256);
      var format = Formats.output("Native", b.header(), FormatSettings.DEFAULT, out);
      format.begin();
      format.write(b.block());
      format.finish(OutputStatistics.NONE);
      put(name, Unsteady.message(ByteText.decode(out.toByteArray())));
    }

    private void lines(String name, NamedBlock b, int column) {
      for (int row = 0; row < b.block().rows(); row++) {
        String text = b.header().type(column).textOf(b.block().column(column), row);
        put(name, Unsteady.logLine(Unsteady.message(text)));
      }
    }

    private void events(NamedBlock b) {
      int name = b.header().indexOf("name");
      int value = b.header().indexOf("value");
      for (int row = 0; row < b.block().rows(); row++) {
        String event = b.header().type(name).textOf(b.block().column(name), row);
        if (!Unsteady.isUnsteadyEvent(event) && !event.startsWith("MemoryTracker")) {
          put("event " + event, b.header().type(value).textOf(b.block().column(value), row));
        }
      }
    }

    Map<String, String> seen() {
      if (!seen.containsKey("error")) {
        put("progress", java.util.Arrays.toString(progress));
      }
      return seen;
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
