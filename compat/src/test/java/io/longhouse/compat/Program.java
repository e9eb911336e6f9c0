package io.longhouse.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A program that others wrote, run to its end. */
final class Program {
  private Program() {}

  /** How a program ended. */
  record Outcome(int status, String out, String err) {}

  /** Runs a command with the input; one that takes over a minute fails the test. */
  static Outcome run(String input, String... command) throws IOException, InterruptedException {
    Path in = Files.createTempFile("longhouse", ".in");
    Path out = Files.createTempFile("longhouse", ".out");
    Path err = Files.createTempFile("longhouse", ".err");
    try {
      Files.writeString(in, input);
      Process p =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!p.waitFor(60, TimeUnit.SECONDS)) {
        p.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " does not end");
      }
      return new Outcome(p.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      for (Path f : List.of(in, out, err)) {
        Files.deleteIfExists(f);
      }
    }
  }

  /** Skips the test, with the reason, where a command cannot be run. */
  static void assumeRuns(String... command) throws InterruptedException {
    boolean runs;
    try {
      runs = run("", command).status() == 0;
    } catch (IOException e) {
      runs = false;
    }
    Assumptions.assumeTrue(runs, () -> String.join(" ", command) + " does not run here");
  }

  /** The folder of the peers that npm installed. */
  static Path peers() {
    return Path.of(System.getenv().getOrDefault("LONGHOUSE_PEERS", "../.cache/peers"))
        .toAbsolutePath();
  }

  /** Runs a script of Node among the peers, where its modules are found. */
  static Outcome node(String script, String... arguments) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isDirectory(peers().resolve("node_modules/@clickhouse/client")),
        "@clickhouse/client is not installed");
    Path file = Files.createTempFile(peers(), "longhouse", ".cjs");
    try {
      Files.writeString(file, script);
      String[] command = new String[arguments.length + 2];
      command[0] = "node";
      command[1] = file.toString();
      System.arraycopy(arguments, 0, command, 2, arguments.length);
      return run("", command);
    } finally {
      Files.delete(file);
    }
  }

  /** Runs a program of Debian's Python, which has the native driver. */
  static Outcome python(String script, String... arguments)
      throws IOException, InterruptedException {
    assumeRuns("/usr/bin/python3", "-c", "import clickhouse_driver");
    Path file = Files.createTempFile("longhouse", ".py");
    try {
      Files.writeString(file, script);
      String[] command = new String[arguments.length + 2];
      command[0] = "/usr/bin/python3";
      command[1] = file.toString();
      System.arraycopy(arguments, 0, command, 2, arguments.length);
      return run("", command);
    } finally {
      Files.delete(file);
    }
  }
}
