package io.longhouse.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line.
 *
 * @param what to measure: {@code queries}, {@code insert}, {@code start}, {@code dashboards},
 *     {@code neighbour}, {@code tenants}, {@code cluster}; all when empty
 * @param queries only these; all when empty
 * @param keep whether tables that a run before has loaded are used again
 */
record Options(
    Path home,
    Path cache,
    long rows,
    long seed,
    int rounds,
    List<String> what,
    List<String> queries,
    boolean keep,
    boolean alone,
    boolean record,
    int databases,
    int tables,
    int tenants) {
  static final String USAGE =
      """
      longhouse bench [queries] [insert] [start] [dashboards] [neighbour] [tenants] [cluster] [OPTION]...      all of them without a name

        --rows N        rows of the table (20000000)
        --seed N        what makes the rows (1)
        --rounds N      pairs of measurements of each query and INSERT (7)
        --query A,B     only these queries
        --databases N   databases of tenants, for "tenants" (10000), 0 to leave out
        --tables N      tables of each (3)
        --tenants N     tenants in one shared table (1000000), 0 to leave out
        --cache DIR     where data is kept (.cache/bench)
        --keep          use the tables of the run before, if they are there
        --alone         Longhouse only, for profiling
        --record        append the ratios to bench/RESULTS.md
      """;

  static Options parse(String[] arguments) {
    Path home = Path.of(System.getProperty("longhouse.home", "."));
    Path cache = home.resolve(".cache/bench");
    long rows = 20_000_000;
    long seed = 1;
    int rounds = 7;
    int databases = 10_000;
    int tables = 3;
    int tenants = 1_000_000;
    boolean keep = false;
    boolean alone = false;
    boolean record = false;
    List<String> what = new ArrayList<>();
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--rows" -> rows = Long.parseLong(arguments[++i]);
        case "--seed" -> seed = Long.parseLong(arguments[++i]);
        case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
        case "--query" -> queries.addAll(List.of(arguments[++i].split(",")));
        case "--databases" -> databases = Integer.parseInt(arguments[++i]);
        case "--tables" -> tables = Integer.parseInt(arguments[++i]);
        case "--tenants" -> tenants = Integer.parseInt(arguments[++i]);
        case "--cache" -> cache = Path.of(arguments[++i]);
        case "--keep" -> keep = true;
        case "--alone" -> alone = true;
        case "--record" -> record = true;
        case "queries", "insert", "start", "dashboards", "neighbour", "tenants", "cluster" ->
            what.add(arguments[i]);
        default -> throw new IllegalArgumentException(arguments[i]);
      }
    }
    return new Options(
        home,
        cache.toAbsolutePath(),
        rows,
        seed,
        rounds,
        what,
        queries,
        keep,
        alone,
        record,
        databases,
        tables,
        tenants);
  }

  boolean wants(String part) {
    return what.isEmpty() || what.contains(part);
  }
}
