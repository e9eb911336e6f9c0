package io.longhouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** ClickHouse 26.7 as a library in a process of its own; {@code peer.mjs} speaks for it. */
final class ClickHousePeer implements Peer {
  private final PeerProcess process;
  private final Path data;

  private ClickHousePeer(PeerProcess process, Path data) {
    this.process = process;
    this.data = data;
  }

  static ClickHousePeer start(Path home, Path data) throws IOException {
    Files.createDirectories(data.getParent());
    String host = home.resolve("bench/peer.mjs").toString();
    return new ClickHousePeer(
        new PeerProcess(
            "ClickHouse", "compat/peers/install chdb brings it", "node", host, data.toString()),
        data);
  }

  @Override
  public String name() {
    return "ClickHouse";
  }

  @Override
  public Path data() {
    return data;
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
  public Cost insert(Path file, String format) {
    return process.cost(
        "INSERT INTO " + Events.TABLE + " FROM INFILE '" + file + "' FORMAT " + format);
  }

  @Override
  public void close() {
    process.close();
  }
}
