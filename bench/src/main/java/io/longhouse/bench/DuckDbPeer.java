package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** DuckDB as a library in a JVM of its own; {@link DuckDbHost} speaks for it. */
final class DuckDbPeer implements Peer {
  private static final String CREATE =
      "CREATE OR REPLACE TABLE events (tenant_id UINTEGER, timestamp TIMESTAMP, user_id UINTEGER,"
          + " type VARCHAR, url VARCHAR, price UINTEGER, d DOUBLE)";

  private final PeerProcess process;
  private final Path data;

  private DuckDbPeer(PeerProcess process, Path data) {
    this.process = process;
    this.data = data;
  }

  /** Whether its driver, which only a profile of the build brings, is there. */
  static boolean isThere() {
    return DuckDbPeer.class.getResource("/org/duckdb/DuckDBDriver.class") != null;
  }

  static DuckDbPeer start(Path data) throws IOException {
    Files.createDirectories(data);
    return new DuckDbPeer(
        new PeerProcess(
            "DuckDB",
            "see its messages",
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            DuckDbHost.class.getName(),
            data.resolve("events.duckdb").toString()),
        data);
  }

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public String format() {
    return "TabSeparated";
  }

  @Override
  public String text(Query query) {
    return query.duckDb();
  }

  /** Its sketch has 64 registers, so the standard error is 13 %: three of them. */
  @Override
  public double estimateTolerance() {
    return 0.4;
  }

  @Override
  public String run(String sql) {
    return process.run(sql);
  }

  @Override
  public Cost measure(String sql, int runs) {
    return process.measure(sql, runs);
  }

  @Override
  public void load(Path file) {
    run(CREATE);
    insert(file, format());
    run("CHECKPOINT");
  }

  /** Sorts the rows as the others do when they merge; DuckDB has no sorting key of a table. */
  @Override
  public Cost insert(Path file, String format) {
    return process.cost(
        "INSERT INTO events SELECT * FROM read_csv('"
            + file
            + "', delim = '\\t', header = false, quote = '', escape = '', auto_detect = false,"
            + " columns = {'tenant_id': 'UINTEGER', 'timestamp': 'TIMESTAMP', 'user_id':"
            + " 'UINTEGER', 'type': 'VARCHAR', 'url': 'VARCHAR', 'price': 'UINTEGER', 'd':"
            + " 'DOUBLE'}) ORDER BY tenant_id, timestamp");
  }

  @Override
  public void close() {
    process.close();
  }
}
