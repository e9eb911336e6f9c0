package io.longhouse.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/**
 * The process that DuckDB runs in: its argument is the file of the database, it answers the lines
 * that {@code peer.mjs} answers. A measured result is fetched to its end but not written as text.
 */
final class DuckDbHost {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Statement statement;
  private final CpuClock cpu = new CpuClock(ProcessHandle.current().pid());

  private DuckDbHost(Statement statement) {
    this.statement = statement;
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads = " + Runtime.getRuntime().availableProcessors());
      var host = new DuckDbHost(statement);
      answers.println("ready");
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        answers.println(host.answer(line));
      }
    }
  }

  private String answer(String line) {
    try {
      String[] words = line.split(" ", 3);
      return words[0].equals("M")
          ? measure(words[2], Integer.parseInt(words[1]))
          : base64(text(line.substring(2)));
    } catch (SQLException e) {
      return "!" + base64(String.valueOf(e.getMessage()));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String measure(String sql, int runs) throws SQLException {
    long cpuNs = cpu.nanoseconds();
    long startNs = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          // only fetched
        }
      }
    }
    long wallNs = System.nanoTime() - startNs;
    return (cpu.nanoseconds() - cpuNs) / 1e6 + " " + wallNs / 1e6;
  }

  private String text(String sql) throws SQLException {
    var out = new StringBuilder();
    if (statement.execute(sql)) {
      try (ResultSet rows = statement.getResultSet()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            out.append(text(rows.getObject(i))).append(i < columns ? '\t' : '\n');
          }
        }
      }
    }
    return out.toString();
  }

  private static String text(Object value) {
    return switch (value) {
      case Timestamp t -> TIME.format(t.toLocalDateTime());
      case LocalDateTime t -> TIME.format(t);
      case Double d -> d.toString().toLowerCase(Locale.ROOT);
      default -> value.toString();
    };
  }
}
