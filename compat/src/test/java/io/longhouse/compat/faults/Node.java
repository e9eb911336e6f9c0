package io.longhouse.compat.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process of the cluster, a server or Keeper: it is killed, paused and started again. Methods
 * that change it are called by one thread, that of the schedule.
 */
final class Node implements AutoCloseable {
  private final String name;
  private final Path folder;
  private final List<String> command;
  private @Nullable Process process;
  private volatile boolean paused;
  private volatile boolean killed = true;
  private volatile long disturbedNs = System.nanoTime();

  /**
   * @param folder of its data, its configuration {@code config.xml} and its log
   * @param main the class that is started
   * @param options of the JVM
   */
  Node(String name, Path folder, String main, List<String> options) {
    this.name = name;
    this.folder = folder;
    this.command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(options);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main);
    command.add("--config-file=" + folder.resolve("config.xml"));
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  Path log() {
    return folder.resolve("output.log");
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    disturbedNs = System.nanoTime();
    killed = false;
  }

  /** As {@code kill -9} does it. */
  void kill() throws InterruptedException {
    if (process != null) {
      killed = true;
      disturbedNs = System.nanoTime();
      process.destroyForcibly().waitFor();
      paused = false;
    }
  }

  /** Stops all its threads where they are. */
  void pause() throws IOException, InterruptedException {
    paused = true;
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    disturbedNs = System.nanoTime();
    signal("CONT");
    paused = false;
  }

  private void signal(String which) throws IOException, InterruptedException {
    if (process != null && process.isAlive()) {
      new ProcessBuilder("kill", "-" + which, Long.toString(process.pid())).start().waitFor();
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** Whether the test wants it to run and answer. */
  boolean isUp() {
    return !paused && !killed;
  }

  /** Whether it has been up all the time since then. */
  boolean isUndisturbedSince(long ns) {
    return isUp() && disturbedNs - ns < 0;
  }

  /** Whether it ended although nobody killed it. */
  boolean endedByItself() {
    return !killed && process != null && !process.isAlive();
  }

  int exitStatus() {
    return process == null ? 0 : process.exitValue();
  }

  /** Lines of its output that tell of a mistake in the program. */
  List<String> mistakes() throws IOException {
    List<String> out = new ArrayList<>();
    for (String line : Files.readAllLines(log())) {
      if (line.contains("LOGICAL_ERROR")
          || line.contains("OutOfMemoryError")
          || line.matches(
              ".*java\\.lang\\.(NullPointer|IndexOutOfBounds|ArrayIndexOutOfBounds|ClassCast|IllegalState|IllegalMonitorState|NegativeArraySize|StackOverflow|Assertion)\\w*.*")) {
        out.add(name + ": " + line);
      }
    }
    return out;
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (paused || !process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
