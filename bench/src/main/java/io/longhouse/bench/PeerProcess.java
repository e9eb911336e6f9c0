package io.longhouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A database in a process of its own that reads a question a line, as {@code peer.mjs} says. */
final class PeerProcess implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  /**
   * Starts it.
   *
   * @param advice what to do when it does not start
   */
  PeerProcess(String name, String advice, String... command) throws IOException {
    this.name = name;
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    if (!"ready".equals(answers.readLine())) {
      throw new IOException(name + " did not start; " + advice);
    }
  }

  CpuClock cpu() {
    return new CpuClock(process.pid());
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
            answer == null ? name + " has ended" : decoded(answer.substring(1)));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  String run(String sql) {
    return decoded(ask("R " + sql));
  }

  Peer.Cost measure(String sql, int runs) {
    String[] parts = ask("M " + runs + " " + sql).split(" ");
    return new Peer.Cost(Double.parseDouble(parts[0]) / runs, Double.parseDouble(parts[1]) / runs);
  }

  /** Runs one statement; its cost is measured from here, so it may be any. */
  Peer.Cost cost(String sql) {
    CpuClock cpu = cpu();
    long cpuNs = cpu.nanoseconds();
    long startNs = System.nanoTime();
    run(sql);
    long wallNs = System.nanoTime() - startNs;
    return new Peer.Cost((cpu.nanoseconds() - cpuNs) / 1e6, wallNs / 1e6);
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
