package io.longhouse.bench;

import java.nio.file.Path;

/** A database that takes part. */
interface Peer extends AutoCloseable {
  /**
   * What some runs of a query came to.
   *
   * @param cpuMs CPU time of the whole process, of one run
   * @param wallMs time from question to answer, of one run
   */
  record Cost(double cpuMs, double wallMs) {}

  String name();

  /** Runs a statement and answers its result as TabSeparated. */
  String run(String sql);

  /** Runs a query some times in a row. */
  Cost measure(String sql, int runs);

  /** Loads a file into the table. */
  Cost insert(Path file, String format);

  /** The format of the file that {@link #load} takes. */
  default String format() {
    return "Native";
  }

  /** Makes the table from a file, sorted and in one part. */
  default void load(Path file) {
    run(Events.CREATE);
    insert(file, format());
    try {
      run("OPTIMIZE TABLE " + Events.TABLE + " FINAL");
    } catch (IllegalStateException e) {
      System.err.println("not in one part: " + e.getMessage());
    }
  }

  /** The query as this database wants it written. */
  default String text(Query query) {
    return query.sql();
  }

  /** How far, in parts of it, an estimate may be from Longhouse's; 0 where it must be the same. */
  default double estimateTolerance() {
    return 0;
  }

  /** The folder that holds its tables. */
  Path data();

  @Override
  void close();
}
