package io.longhouse.compat.stages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** ClickHouse 26.7 in a process of its own, one statement after the other. */
final class Chdb implements AutoCloseable {
  private static final Pattern OUT = Pattern.compile("\"out\":\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("\"code\":(\\d+)");
  private static final Pattern ERROR = Pattern.compile("\"error\":\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  private Chdb(Process process) {
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Skips the test where it is not installed. */
  static Chdb start(Path config) throws IOException {
    Path packages =
        Path.of(System.getenv().getOrDefault("LONGHOUSE_PEERS", "../.cache/peers"))
            .toAbsolutePath();
    Assumptions.assumeTrue(
        Files.isDirectory(packages.resolve("node_modules/chdb")),
        "ClickHouse 26.7 is not in " + packages + ": run compat/peers/install chdb");
    var builder =
        new ProcessBuilder("node", "peers/chdb.mjs", "-a", "--config-file=" + config)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LONGHOUSE_PEERS", packages.toString());
    var chdb = new Chdb(builder.start());
    Assumptions.assumeTrue(chdb.answers.readLine() != null, "ClickHouse 26.7 does not start");
    return chdb;
  }

  /** What a statement answers in TabSeparated, or {@code Code: n} with the message. */
  String ask(String sql) {
    try {
      requests.write("{\"sql\":\"" + escaped(sql) + "\"}\n");
      requests.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("26.7 ended at " + sql);
      }
      Matcher out = OUT.matcher(line);
      if (out.find()) {
        byte[] bytes = Base64.getDecoder().decode(out.group(1));
        return new String(bytes, StandardCharsets.UTF_8);
      }
      Matcher code = CODE.matcher(line);
      Matcher error = ERROR.matcher(line);
      return (code.find() ? "Code: " + code.group(1) + ". " : "")
          + (error.find() ? error.group(1) : line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String sql) {
    return sql.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }
}
