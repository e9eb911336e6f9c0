package io.longhouse.storage.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Real ClickHouse 26.7 over a data folder, by {@code compat/peers/chdb.mjs}. Tests that need it are
 * skipped where node or the package {@code chdb} is missing; the packages are in {@code
 * LONGHOUSE_CHDB_DIR}, {@code LONGHOUSE_PEERS} or {@code .cache/peers} below the repository's root.
 */
final class ClickHousePeer {
  private final Path script;
  private final Path packages;
  private final Path data;

  private ClickHousePeer(Path script, Path packages, Path data) {
    this.script = script;
    this.packages = packages;
    this.data = data;
  }

  static ClickHousePeer open(Path data) {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.exists(root.resolve("compat/peers/chdb.mjs"))) {
      root = root.getParent();
    }
    Assumptions.assumeTrue(root != null, "compat/peers/chdb.mjs is not above this folder");
    Path packages = root.resolve(".cache/peers");
    for (String name : List.of("LONGHOUSE_PEERS", "LONGHOUSE_CHDB_DIR")) {
      String given = System.getenv(name);
      packages = given == null ? packages : Path.of(given);
    }
    Assumptions.assumeTrue(
        Files.isDirectory(packages.resolve("node_modules/chdb")),
        "ClickHouse 26.7 is not in " + packages + ": run compat/peers/install chdb");
    var peer = new ClickHousePeer(root.resolve("compat/peers/chdb.mjs"), packages, data);
    try {
      assertThat(peer.run("TabSeparated", "SELECT 1")).isEqualTo("1\n".getBytes());
    } catch (IOException e) {
      Assumptions.abort("node cannot be started: " + e.getMessage());
    }
    return peer;
  }

  /** Runs statements in one process and answers what they print. */
  byte[] run(String format, String... statements) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("node", script.toString(), "-p", data.toString(), "-f", format));
    command.addAll(List.of(statements));
    var builder = new ProcessBuilder(command);
    builder.environment().put("LONGHOUSE_PEERS", packages.toString());
    builder.environment().put("TZ", "UTC");
    Path errors = Files.createTempFile("peer", ".err");
    builder.redirectError(errors.toFile());
    Process p = builder.start();
    byte[] out = p.getInputStream().readAllBytes();
    try {
      int status = p.waitFor();
      String message = Files.readString(errors);
      Files.delete(errors);
      assertThat(status).as(message).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return out;
  }

  String text(String... statements) throws IOException {
    return new String(run("TabSeparated", statements), StandardCharsets.UTF_8);
  }

  /** The folder of a table. */
  Path folder(String table) throws IOException {
    return Path.of(
        text("SELECT data_paths[1] FROM system.tables WHERE database || '.' || name = '"
                + table
                + "'")
            .strip());
  }
}
