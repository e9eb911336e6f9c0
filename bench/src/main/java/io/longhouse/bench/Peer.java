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

  /** The folder that holds its tables. */
  Path data();

  @Override
  void close();
}
