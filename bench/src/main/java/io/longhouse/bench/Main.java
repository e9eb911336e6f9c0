package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code longhouse bench}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.print("not understood: " + e.getMessage() + "\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    var report = new StringBuilder();
    if (options.wants("start")) {
      report.append(Starts.measure(options));
    }
    if (options.wants("insert")) {
      report.append(Inserts.measure(options));
    }
    if (options.wants("dashboards")) {
      report.append(Dashboards.measure(options));
    }
    if (options.wants("neighbour")) {
      report.append(Neighbour.measure(options));
    }
    if (options.wants("tenants")) {
      report.append(options.databases() == 0 ? "" : ManyDatabases.measure(options));
      report.append(options.tenants() == 0 ? "" : ManyTenants.measure(options));
    }
    if (options.wants("cluster")) {
      report.append(ShardsAndReplicas.measure(options));
    }
    boolean same = true;
    if (options.wants("queries")) {
      same = Queries.measure(options, report);
    }
    if (options.record()) {
      record(options, report.toString());
    }
    System.exit(same ? 0 : 1);
  }

  private static void record(Options options, String report)
      throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty")
            .directory(options.home().toFile())
            .start();
    String commit = git.inputReader().readLine();
    git.waitFor();
    Files.writeString(
        options.home().resolve("bench/RESULTS.md"),
        "\n## " + LocalDate.now() + ", " + commit + ", " + options.rows() + " rows\n\n" + report,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Removes a folder with all that is in it, if it is there. */
  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path p : all) {
      Files.delete(p);
    }
  }
}
