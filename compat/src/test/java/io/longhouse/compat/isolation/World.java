package io.longhouse.compat.isolation;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.EngineConfig;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.format.Formats;
import io.longhouse.format.OutputFormat;
import io.longhouse.format.OutputStatistics;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A database with rows of both tenants, the owner's session and one of A. */
final class World implements AutoCloseable {
  private static final long STATEMENT_MS_MAX = 30_000;
  private static final ZoneId ZONE = ZoneId.of("UTC");

  private final PolicyModel model;
  private final Path folder;
  private final Engine engine;
  private final Session owner;
  private Session member;

  World(PolicyModel model, long seed, int number) {
    this.model = model;
    this.folder = inMemory();
    this.engine =
        Engine.open(
            new EngineConfig(
                folder,
                1,
                0,
                ZONE,
                Map.of("max_threads", "1", "mutations_sync", "2", "max_execution_time", "20"),
                Map.of("max_bytes_to_merge_at_max_space_in_pool", "1"),
                Map.of()));
    this.owner = engine.login("default", "", ClientInfo.local());
    SetUp.statements(model, seed, number).forEach(this::asOwner);
    Neighbour.work(this, number);
    flushLogs(); // the tables of logs are there from then on
    systemColumns().keySet().stream()
        .filter(t -> !Unsteady.SERVER_WIDE.contains(t))
        .forEach(t -> asOwner("GRANT SELECT ON system.`" + t + "` TO acme"));
    this.member = login("acme", "a");
    Household.STATEMENTS.forEach(this::made);
  }

  /** A folder that costs no disk where the system has one. */
  private static Path inMemory() {
    Path shared = Path.of("/dev/shm");
    try {
      return Files.isWritable(shared)
          ? Files.createTempDirectory(shared, "longhouse")
          : Files.createTempDirectory("longhouse");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Engine engine() {
    return engine;
  }

  Session login(String user, String password) {
    return engine.login(user, password, ClientInfo.local());
  }

  /** A begins anew: what was SET is gone, and so are temporary tables. */
  void newSession() {
    member.close();
    member = login("acme", "a");
  }

  /** Runs a statement of the owner; its rows, tab-separated. */
  String asOwner(String sql) {
    Observation o = observe(owner, sql, Map.of(), "owner");
    if (o.failed()) {
      throw new IllegalStateException(sql + ": " + o.seen().get("error"));
    }
    return o.seen().getOrDefault("bytes", "");
  }

  private void made(String sql) {
    Observation o = asMember(Statement.writing("household", sql), "h" + sql.hashCode());
    if (o.failed()) {
      throw new IllegalStateException(sql + ": " + o.seen().get("error"));
    }
  }

  /** Runs a statement of A. */
  Observation asMember(Statement s, String queryId) {
    return observe(member, s.text(), s.settings(), queryId);
  }

  static Observation observe(
      Session session, String sql, Map<String, String> settings, String queryId) {
    Map<String, String> seen = new LinkedHashMap<>();
    var request =
        new QueryRequest(
            ByteText.encode(sql),
            queryId,
            settings,
            Map.of(),
            InputStream.nullInputStream(),
            "TabSeparated",
            List.of());
    try (RunningQuery q = session.start(request)) {
      try {
        result(q, seen);
      } catch (RuntimeException e) {
        q.failed(e);
        error(e, seen);
      }
      counts(q, seen);
    } catch (RuntimeException | StackOverflowError e) {
      error(e, seen);
    }
    return new Observation(seen);
  }

  private static void error(Throwable e, Map<String, String> seen) {
    String text =
        e instanceof LonghouseException l
            ? l.code() + " " + l.getMessage()
            : "BUG " + e + " " + Arrays.stream(e.getStackTrace()).limit(4).toList();
    seen.put("error", Unsteady.message(text));
  }

  private static void result(RunningQuery q, Map<String, String> seen) {
    var header = new StringBuilder();
    for (int i = 0; i < q.header().size(); i++) {
      header.append(q.header().name(i)).append(' ').append(q.header().type(i).name()).append('\n');
    }
    seen.put("header", header.toString());
    List<Block> blocks = new ArrayList<>();
    long end = System.nanoTime() + STATEMENT_MS_MAX * 1_000_000;
    while (!q.isFinished()) {
      Block b = q.next(1000);
      if (b != null && b.rows() > 0) {
        blocks.add(b);
      }
      if (System.nanoTime() > end) {
        q.cancel();
        throw new IllegalStateException("a statement does not end: " + STATEMENT_MS_MAX + " ms");
      }
    }
    if (q.header().size() > 0) {
      TimeZones.in(
          ZONE,
          () -> {
            seen.put("rows", blocks.stream().map(b -> b.rows() + "").toList().toString());
            seen.put("bytes", Unsteady.message(bytes(q, q.format(), blocks)));
            seen.put("native", Unsteady.message(bytes(q, "Native", blocks)));
            return true;
          });
    }
    seen.put("before limit", q.appliedLimit() ? q.rowsBeforeLimit() + "" : "-");
  }

  private static String bytes(RunningQuery q, String name, List<Block> blocks) {
    var out = new ByteWriter(1024);
    OutputFormat format = Formats.output(name, q.header(), q.formatSettings(), out);
    format.begin();
    blocks.forEach(format::write);
    Block totals = q.totals();
    if (totals != null) {
      format.totals(totals);
    }
    Block extremes = q.extremes();
    if (extremes != null) {
      format.extremes(extremes);
    }
    var p = q.progress();
    format.finish(
        new OutputStatistics(
            0, p.readRows(), p.readBytes(), q.appliedLimit() ? q.rowsBeforeLimit() : -1));
    return ByteText.decode(out.toByteArray());
  }

  private static void counts(RunningQuery q, Map<String, String> seen) {
    if (new Observation(seen).readByChance()) {
      return;
    }
    var p = q.progress();
    seen.put("read rows", p.readRows() + "");
    seen.put("read bytes", p.readBytes() + "");
    seen.put("rows to read", p.totalRowsToRead() + "");
    seen.put("written", p.writtenRows() + " rows, " + p.writtenBytes() + " bytes");
    if (!seen.containsKey("error")) { // else it is chance how much had been taken before
      seen.put("result", p.resultRows() + " rows, " + p.resultBytes() + " bytes");
    }
    q.profileEvents()
        .forEach((name, n) -> {
          if (!Unsteady.isUnsteadyEvent(name)) {
            seen.put("event " + name, n + "");
          }
        });
    var lines = new StringBuilder();
    for (var line : q.takeLogs()) {
      lines.append(line.priority()).append(' ').append(line.source()).append(": ");
      lines.append(Unsteady.logLine(Unsteady.message(line.text()))).append('\n');
    }
    seen.put("log", lines.toString());
  }

  /** What has been noted of queries can be seen from now on. */
  void flushLogs() {
    asOwner("SYSTEM FLUSH LOGS");
  }

  /** A checksum of what every other tenant has in the shared tables. */
  String others() {
    var sql = new StringBuilder();
    for (TableShape t : TableShape.FILLED) {
      sql.append(sql.isEmpty() ? "" : " UNION ALL ")
          .append("SELECT '")
          .append(t.name())
          .append("' AS t, count(), sum(cityHash64(toString(tuple(*)))) FROM app.")
          .append(t.name())
          .append(" WHERE ")
          .append(model.others());
    }
    return asOwner("SELECT * FROM (" + sql + ") ORDER BY t");
  }

  /** The columns of every table of the database {@code system}, by its name. */
  Map<String, List<String>> systemColumns() {
    Map<String, List<String>> out = new java.util.TreeMap<>();
    for (String line :
        asOwner("SELECT table, name FROM system.columns WHERE database = 'system'").split("\n")) {
      String[] cells = line.split("\t");
      out.computeIfAbsent(cells[0], _ -> new ArrayList<>()).add(cells[1]);
    }
    return out;
  }

  /** One column of the owner's result. */
  List<String> names(String sql) {
    String all = asOwner(sql);
    return all.isEmpty() ? List.of() : List.of(all.split("\n"));
  }

  @Override
  public void close() {
    member.close();
    owner.close();
    engine.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(p);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
