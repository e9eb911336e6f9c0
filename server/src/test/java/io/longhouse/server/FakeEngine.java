package io.longhouse.server;

import io.longhouse.column.Block;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.Header;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.engine.access.Credentials;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.Engine;
import io.longhouse.engine.session.InsertInput;
import io.longhouse.engine.session.Metrics;
import io.longhouse.engine.session.Progress;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.engine.settings.Settings;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that knows a few commands, to test protocols with: {@code NUMBERS n [block] [failAt]
 * [sleepMs]}, {@code TEXT ...}, {@code SETTING name}, {@code PARAM name}, {@code DATABASE}, {@code
 * USE name}, {@code USER}, {@code FAIL code message}, {@code FOREVER}, {@code INSERT} with lines of
 * data or blocks of one String column, {@code TABLE}, {@code EXTERNAL name}; any {@code SELECT} is
 * {@code NUMBERS 3}.
 */
public final class FakeEngine implements Engine {
  public final List<String> table = new CopyOnWriteArrayList<>();
  public final AtomicInteger running = new AtomicInteger();
  public final AtomicInteger cancelled = new AtomicInteger();
  public final AtomicInteger sessions = new AtomicInteger();
  private final Metrics metrics = new Metrics();

  @Override
  public Session login(Credentials shown, ClientInfo client) {
    String user = shown.user();
    String password = shown instanceof Credentials.Password p ? p.password() : "";
    if (!(user.equals("default") && password.isEmpty())
        && !(user.equals("alice") && password.equals("secret"))) {
      throw new LonghouseException(
          ErrorCode.AUTHENTICATION_FAILED,
          user
              + ": Authentication failed: password is incorrect, or there is no user with such"
              + " name");
    }
    sessions.incrementAndGet();
    return new FakeSession(user, client);
  }

  @Override
  public Metrics metrics() {
    return metrics;
  }

  @Override
  public void guardHeap() {}

  @Override
  public void shutdown(long graceMs) {}

  @Override
  public void close() {}

  private final class FakeSession implements Session {
    private final java.util.Map<String, String> parameters = new java.util.HashMap<>();

    @Override
    public java.util.Map<String, String> parameters() {
      return parameters;
    }

    private final String user;
    private final ClientInfo client;
    private final Settings settings = new Settings();
    private String database = "default";

    FakeSession(String user, ClientInfo client) {
      this.user = user;
      this.client = client;
    }

    @Override
    public String user() {
      return user;
    }

    @Override
    public String database() {
      return database;
    }

    @Override
    public void database(String name) {
      if (name.startsWith("no")) {
        throw new LonghouseException(
            ErrorCode.UNKNOWN_DATABASE, "Database " + name + " does not exist");
      }
      database = name;
    }

    @Override
    public Settings settings() {
      return settings;
    }

    @Override
    public ClientInfo client() {
      return client;
    }

    @Override
    public RunningQuery start(QueryRequest request, Runnable whileWaiting) {
      running.incrementAndGet();
      try {
        return new FakeQuery(this, request);
      } catch (RuntimeException e) {
        running.decrementAndGet();
        throw e;
      }
    }

    @Override
    public void close() {
      sessions.decrementAndGet();
    }
  }

  private final class FakeQuery implements RunningQuery {
    private final QueryRequest request;
    private final Settings settings;
    private final Progress progress = new Progress();
    private Header header = new Header(List.of());
    private final List<Block> ready = new ArrayList<>();
    private boolean forever;
    private long next;
    private long rows;
    private long block = 65_536;
    private long failAt = -1;
    private long sleepMs;
    private volatile boolean stop;
    private InsertInput insert;

    FakeQuery(FakeSession session, QueryRequest request) {
      this.request = request;
      this.settings = session.settings.copy();
      request.settings().forEach(settings::set);
      String sql = ByteText.decode(request.sql());
      String[] words = sql.strip().split("\\s+");
      switch (words[0]) {
        case "NUMBERS" -> {
          rows = Long.parseLong(words[1]);
          block = words.length > 2 ? Long.parseLong(words[2]) : block;
          failAt = words.length > 3 ? Long.parseLong(words[3]) : -1;
          sleepMs = words.length > 4 ? Long.parseLong(words[4]) : 0;
          header = Header.of("number", DataTypes.parse("UInt64"));
        }
        case "TEXT" -> text(sql.strip().substring(4).strip());
        case "SETTING" -> text(String.valueOf(settings.get(words[1])));
        case "PARAM" -> text(request.parameters().get(words[1]));
        case "DATABASE" -> text(session.database);
        case "USER" -> text(session.user);
        case "USE" -> session.database(words[1]);
        case "SET" -> session.settings.set(words[1], words[2]);
        case "FAIL" ->
            throw new LonghouseException(
                ErrorCode.of(Integer.parseInt(words[1])), sql.strip().split("\\s+", 3)[2]);
        case "SELECT", "select" -> {
          rows = 3;
          header = Header.of("number", DataTypes.parse("UInt64"));
        }
        case "FOREVER" -> {
          forever = true;
          header = Header.of("number", DataTypes.parse("UInt64"));
        }
        case "INSERT" -> insertFrom(sql);
        case "TABLE" -> {
          header = Header.of("line", DataTypes.parse("String"));
          var b = new StringColumn.Builder(8);
          table.forEach(t -> b.add(ByteText.encode(t)));
          ready.add(new Block(List.of(b.build()), table.size()));
        }
        case "EXTERNAL" -> {
          var t = request.externalTables().getFirst();
          header = t.header();
          ready.addAll(t.blocks());
        }
        default ->
            throw new LonghouseException(
                ErrorCode.SYNTAX_ERROR, "Syntax error: failed at " + words[0]);
      }
    }

    private void text(String value) {
      header = Header.of("text", DataTypes.parse("String"));
      ready.add(new Block(List.of(StringColumn.of(ByteText.encode(value))), 1));
    }

    private void insertFrom(String sql) {
      if (request.data() == null) {
        Header expected = Header.of("line", DataTypes.parse("String"));
        insert =
            new InsertInput() {
              @Override
              public Header header() {
                return expected;
              }

              @Override
              public void write(Block b) {
                Column c = b.column(0).full();
                for (int i = 0; i < b.rows(); i++) {
                  table.add(expected.type(0).textOf(c, i));
                }
                progress.writtenRows.add(b.rows());
              }

              @Override
              public void finish() {}
            };
        return;
      }
      try {
        String all = sql + ByteText.decode(request.data().readAllBytes());
        int line = all.indexOf('\n');
        if (line >= 0) {
          all.substring(line + 1).lines().forEach(table::add);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String queryId() {
      return request.queryId();
    }

    @Override
    public Statement statement() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Settings settings() {
      return settings;
    }

    @Override
    public FormatSettings formatSettings() {
      return FormatSettings.DEFAULT;
    }

    @Override
    public Header header() {
      return header;
    }

    @Override
    public String format() {
      return request.defaultFormat();
    }

    @Override
    public boolean formatIsExplicit() {
      return false;
    }

    @Override
    public Block next(long timeoutMs) {
      if (stop) {
        throw new LonghouseException(ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled");
      }
      if (!ready.isEmpty()) {
        return ready.removeFirst();
      }
      if (forever) {
        sleep(Math.min(timeoutMs, 20));
        progress.readRows.add(1000);
        return null;
      }
      if (next >= rows) {
        return null;
      }
      if (sleepMs > 0) {
        sleep(sleepMs);
      }
      int n = (int) Math.min(block, rows - next);
      if (failAt >= next && failAt < next + n) {
        throw new LonghouseException(
            ErrorCode.FUNCTION_THROW_IF_VALUE_IS_NON_ZERO,
            "Value passed to 'throwIf' function is non-zero");
      }
      ColumnBuilder b = header.type(0).newBuilder(n);
      long[] values = new long[n];
      for (int i = 0; i < n; i++) {
        values[i] = next + i;
      }
      b.appendRange(new Int64Column(values, n), 0, n);
      next += n;
      progress.readRows.add(n);
      progress.readBytes.add(8L * n);
      return new Block(List.of(b.build()), n);
    }

    private void sleep(long ms) {
      try {
        Thread.sleep(ms);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public boolean isFinished() {
      return !stop && !forever && ready.isEmpty() && next >= rows;
    }

    @Override
    public Block totals() {
      return null;
    }

    @Override
    public Block extremes() {
      return null;
    }

    @Override
    public InsertInput insert() {
      return insert;
    }

    @Override
    public Progress.Snapshot progress() {
      return progress.snapshot(1_000_000, 100, 200);
    }

    @Override
    public long rowsBeforeLimit() {
      return -1;
    }

    @Override
    public boolean appliedLimit() {
      return false;
    }

    @Override
    public Map<String, Long> profileEvents() {
      return Map.of("SelectedRows", progress.readRows.sum());
    }

    @Override
    public List<LogLine> takeLogs() {
      return List.of();
    }

    @Override
    public void cancel() {
      if (!stop) {
        cancelled.incrementAndGet();
      }
      stop = true;
    }

    @Override
    public void close() {
      running.decrementAndGet();
    }

    @Override
    public void failed(Throwable error) {}
  }
}
