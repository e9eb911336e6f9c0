package io.longhouse.engine.exec;

import java.nio.file.Path;

/** Where queries put aside what memory does not hold. */
public record SpillFolder(Path path) {
  /** The process's own folder for temporary files. */
  public static final SpillFolder OF_PROCESS =
      new SpillFolder(Path.of(System.getProperty("java.io.tmpdir")));
}
