package io.longhouse.compat;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * ClickHouse's own tests in a folder: {@code name.sql} with {@code name.reference} beside it. Each
 * runs in an engine of its own in the time zone of Moscow, but the steps of one scenario ({@code
 * 00098_1_x}, {@code 00098_2_y}) in the same one. Of a folder whose name ends in {@code -compat}
 * the settings of {@code compat-settings.txt} beside the folder hold.
 */
final class GoldenFiles {
  private static final int FILE_SECONDS_MAX = 20;

  private GoldenFiles() {}

  /** How many there are and which do not pass. */
  record Outcome(int total, List<String> failed) {}

  static Outcome run(Path folder) throws IOException {
    List<Path> scripts;
    try (Stream<Path> files = Files.list(folder)) {
      scripts = files.filter(p -> p.toString().endsWith(".sql")).sorted().toList();
    }
    List<String> settings = settings(folder);
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < scripts.size(); ) {
      int next = i + 1;
      String group = group(scripts.get(i));
      while (next < scripts.size() && group(scripts.get(next)).equals(group)) {
        next++;
      }
      scenario(scripts.subList(i, next), settings, failed);
      i = next;
    }
    return new Outcome(scripts.size(), failed);
  }

  private static List<String> settings(Path folder) throws IOException {
    if (!folder.getFileName().toString().endsWith("-compat")) {
      return List.of();
    }
    return Files.readAllLines(folder.resolveSibling("compat-settings.txt")).stream()
        .filter(l -> l.contains("=") && !l.startsWith("#"))
        .toList();
  }

  private static String group(Path script) {
    String name = script.getFileName().toString();
    return name.matches("\\d{5}_[0-9a-z]_.*") ? name.substring(0, 5) : name;
  }

  private static void scenario(List<Path> scripts, List<String> settings, List<String> failed)
      throws IOException {
    Path data = Files.createTempDirectory("golden-");
    var config =
        new EngineConfig(data, 0, 0, ZoneId.of("Europe/Moscow"), Map.of(), Map.of(), Map.of());
    try (Engine engine = Engine.open(config)) {
      for (Path script : scripts) {
        try (Session session = engine.login("default", "", ClientInfo.local())) {
          session.settings().set("max_execution_time", Integer.toString(FILE_SECONDS_MAX));
          for (String s : settings) {
            session.settings().set(s.substring(0, s.indexOf('=')), s.substring(s.indexOf('=') + 1));
          }
          if (!passes(script, session)) {
            failed.add(script.getFileName().toString());
          }
        }
      }
    } finally {
      try (Stream<Path> all = Files.walk(data)) {
        for (Path p : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(p);
        }
      }
    }
  }

  private static boolean passes(Path script, Session session) throws IOException {
    var out = new ByteWriter(4096);
    execute(session, "CREATE DATABASE IF NOT EXISTS test", out);
    execute(session, "USE test", out);
    for (GoldenScript.Statement s :
        GoldenScript.split(ByteText.decode(Files.readAllBytes(script)))) {
      if (s.echoed() != null) {
        out.writeBytes(ByteText.encode(s.echoed() + "\n"));
      }
      var printed = new ByteWriter(1024);
      try {
        execute(session, s.text(), printed);
        out.writeBytes(printed.toByteArray());
        if (!s.errors().isEmpty()) {
          return false;
        }
      } catch (LonghouseException e) {
        if (!s.errors().contains(Integer.toString(e.code())) && !s.errors().contains(e.name())) {
          return false;
        }
      } catch (RuntimeException e) {
        // A bug, as which the file counts as failed.
        return false;
      }
    }
    Path reference =
        script.resolveSibling(script.getFileName().toString().replace(".sql", ".reference"));
    byte[] expected = Files.exists(reference) ? Files.readAllBytes(reference) : new byte[0];
    return Arrays.equals(expected, out.toByteArray());
  }

  /** Runs a statement and writes its result as tab-separated values, or in its own format. */
  static void execute(Session session, String sql, ByteWriter out) {
    var request =
        new QueryRequest(
            ByteText.encode(sql), "", Map.of(), Map.of(), null, "TabSeparated", List.of());
    try (RunningQuery q = session.start(request)) {
      if (q.header().size() == 0) {
        return;
      }
      OutputFormat format = Formats.output(q.format(), q.header(), q.formatSettings(), out);
      format.begin();
      while (true) {
        Block b = q.next(1000);
        if (b != null) {
          format.write(b);
        } else if (q.isFinished()) {
          break;
        }
      }
      Block totals = q.totals();
      if (totals != null) {
        format.totals(totals);
      }
      Block extremes = q.extremes();
      if (extremes != null) {
        format.extremes(extremes);
      }
      var progress = q.progress();
      format.finish(
          new OutputStatistics(
              progress.elapsedNs() / 1e9,
              progress.readRows(),
              progress.readBytes(),
              q.appliedLimit() ? q.rowsBeforeLimit() : -1));
    }
  }
}
