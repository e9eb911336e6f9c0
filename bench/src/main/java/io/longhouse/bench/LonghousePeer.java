package io.longhouse.bench;

import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Longhouse's server, asked over the native protocol and filled over HTTP. */
final class LonghousePeer implements Peer {
  private static final Pattern READY =
      Pattern.compile("Longhouse is ready: http [^ ]*:(\\d+), tcp [^ ]*:(\\d+),.*");

  private final Process process;
  private final Path data;
  private final int httpPort;
  private final int nativePort;
  private final CpuClock cpu;
  private final NativeClient client;
  private final double startMs;
  private final double startCpuMs;

  private LonghousePeer(Process process, Path data, int httpPort, int nativePort, long startedNs) {
    this.process = process;
    this.data = data;
    this.httpPort = httpPort;
    this.nativePort = nativePort;
    this.cpu = new CpuClock(process.pid());
    this.client = connect("default", "");
    run("SELECT 1");
    startMs = (System.nanoTime() - startedNs) / 1e6;
    startCpuMs = cpu.nanoseconds() / 1e6;
  }

  static LonghousePeer start(Path home, Path data) throws IOException {
    Files.createDirectories(data);
    long startedNs = System.nanoTime();
    Process process =
        new ProcessBuilder(
                home.resolve("longhouse").toString(),
                "server",
                "--path=" + data,
                "--http_port=0",
                "--tcp_port=0",
                "--listen_host=127.0.0.1")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader messages = process.errorReader();
    for (String line = messages.readLine(); line != null; line = messages.readLine()) {
      Matcher m = READY.matcher(line);
      if (m.matches()) {
        Thread.ofVirtual().start(() -> echo(messages));
        return new LonghousePeer(
            process, data, Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), startedNs);
      }
      System.err.println(line);
    }
    throw new IOException("the server did not start");
  }

  /** Shows what the server says until it ends. */
  private static void echo(BufferedReader messages) {
    try {
      for (String line = messages.readLine(); line != null; line = messages.readLine()) {
        System.err.println(line);
      }
    } catch (IOException e) {
      System.err.println("the server's messages have ended: " + e.getMessage());
    }
  }

  @Override
  public String name() {
    return "Longhouse";
  }

  @Override
  public Path data() {
    return data;
  }

  int httpPort() {
    return httpPort;
  }

  /** CPU time of the server so far. */
  long cpuNs() {
    return cpu.nanoseconds();
  }

  long pid() {
    return process.pid();
  }

  /** CPU time of all its threads up to the first answer. */
  double startCpuMs() {
    return startCpuMs;
  }

  /** From the start of the process to the first answer. */
  double startMs() {
    return startMs;
  }

  /** Another connection, of any user. */
  NativeClient connect(String user, String password) {
    return NativeClient.connect(
        new Endpoint("127.0.0.1", nativePort, false, false, user, password, "default", null));
  }

  @Override
  public String run(String sql) {
    return run(client, sql);
  }

  /** The rows of a statement, tab-separated. */
  static String run(NativeClient client, String sql) {
    var text = new ByteWriter(1024);
    client.send(ClientQuery.of(sql));
    while (true) {
      switch (client.next()) {
        case Answer.Data d -> write(d.block(), text);
        case Answer.Failed f ->
            throw new IllegalStateException(sql + ": " + f.failure().nativeMessage());
        case Answer.End _ -> {
          return new String(text.toByteArray(), StandardCharsets.UTF_8);
        }
        default -> {
          // progress and the like
        }
      }
    }
  }

  private static void write(NamedBlock b, ByteWriter out) {
    if (b.block().rows() > 0) {
      OutputFormat tsv = Formats.output("TabSeparated", b.header(), FormatSettings.DEFAULT, out);
      tsv.write(b.block());
    }
  }

  @Override
  public Cost measure(String sql, int runs) {
    long cpuNs = cpu.nanoseconds();
    long startNs = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      run(sql);
    }
    long wallNs = System.nanoTime() - startNs;
    return new Cost((cpu.nanoseconds() - cpuNs) / 1e6 / runs, wallNs / 1e6 / runs);
  }

  @Override
  public Cost insert(Path file, String format) {
    String sql = "INSERT INTO " + Events.TABLE + " FORMAT " + format;
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + httpPort
                + "/?query="
                + URLEncoder.encode(sql, StandardCharsets.UTF_8));
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofFile(file)).build();
      long cpuNs = cpu.nanoseconds();
      long startNs = System.nanoTime();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      long wallNs = System.nanoTime() - startNs;
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
      return new Cost((cpu.nanoseconds() - cpuNs) / 1e6, wallNs / 1e6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    process.onExit().join();
  }
}
