package io.longhouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** ClickHouse 26.7 as a library in a process of its own; {@code peer.mjs} speaks for it. */
final class ClickHousePeer implements Peer {
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final Path data;
  private final CpuClock cpu;

  private ClickHousePeer(Process process, Path data) throws IOException {
    this.process = process;
    this.data = data;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.cpu = new CpuClock(process.pid());
    if (!"ready".equals(answers.readLine())) {
      throw new IOException("ClickHouse did not start; compat/peers/install chdb brings it");
    }
  }

  static ClickHousePeer start(Path home, Path data) throws IOException {
    Files.createDirectories(data.getParent());
    Process process =
        new ProcessBuilder("node", home.resolve("bench/peer.mjs").toString(), data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new ClickHousePeer(process, data);
  }

  @Override
  public String name() {
    return "ClickHouse";
  }

  @Override
  public Path data() {
    return data;
  }

  /** Sends a line and answers with the line that comes back. */
  private String ask(String line) {
    try {
      questions.write(line);
      questions.write('\n');
      questions.flush();
      String answer = answers.readLine();
      if (answer == null || answer.startsWith("!")) {
        throw new IllegalStateException(
            answer == null ? "ClickHouse has ended" : decoded(answer.substring(1)));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public String run(String sql) {
    return decoded(ask("R " + sql));
  }

  @Override
  public Cost measure(String sql, int runs) {
    String[] parts = ask("M " + runs + " " + sql).split(" ");
    return new Cost(Double.parseDouble(parts[0]) / runs, Double.parseDouble(parts[1]) / runs);
  }

  @Override
  public Cost insert(Path file, String format) {
    String sql = "INSERT INTO " + Events.TABLE + " FROM INFILE '" + file + "' FORMAT " + format;
    long cpuNs = cpu.nanoseconds();
    long startNs = System.nanoTime();
    run(sql);
    long wallNs = System.nanoTime() - startNs;
    return new Cost((cpu.nanoseconds() - cpuNs) / 1e6, wallNs / 1e6);
  }

  @Override
  public void close() {
    try {
      questions.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().join();
  }
}
