package io.longhouse.server.http;

import io.longhouse.column.Block;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.compress.CompressedInput;
import io.longhouse.column.type.StringText;
import io.longhouse.column.type.TimeZones;
import io.longhouse.engine.session.ClientInfo;
import io.longhouse.engine.session.QueryRequest;
import io.longhouse.engine.session.RunningQuery;
import io.longhouse.engine.session.Session;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.wire.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers one request with a query in it. */
final class QueryHandler {
  private static final System.Logger LOG = System.getLogger(QueryHandler.class.getName());
  private static final long NEXT_TIMEOUT_MS = 100;
  private static final long REPORT_INTERVAL_NS = 100_000_000L;
  private static final long FORM_BYTES_MAX = 1L << 30;

  private final HttpContext context;
  private final Socket socket;
  private final SocketInput in;
  private final HttpRequest request;
  private final HttpResponse response;
  private final PresetQuery preset;
  private final Parameters parameters = new Parameters();
  private @Nullable ResultSink sink;
  private String queryId = "";
  private boolean credentialsGiven;

  QueryHandler(
      HttpContext context,
      Socket socket,
      SocketInput in,
      HttpRequest request,
      HttpResponse response,
      PresetQuery preset) {
    this.context = context;
    this.socket = socket;
    this.in = in;
    this.request = request;
    this.response = response;
    this.preset = preset;
  }

  /** Runs the query and sends its result or its error. */
  void run() throws IOException {
    try {
      parameters.addEncoded(request.queryString());
      List<Multipart.Part> files = form();
      preset.apply(parameters);
      queryId = parameters.get("query_id", request.headers().get("X-ClickHouse-Query-Id", ""));
      if (queryId.isEmpty()) {
        queryId = UUID.randomUUID().toString();
      }
      response.header("Content-Type", "text/plain; charset=UTF-8");
      response.header(
          "Access-Control-Expose-Headers",
          "X-ClickHouse-Query-Id,X-ClickHouse-Summary,X-ClickHouse-Server-Display-Name,"
              + "X-ClickHouse-Format,X-ClickHouse-Timezone,X-ClickHouse-Exception-Code,"
              + "X-ClickHouse-Exception-Tag");
      response.header("X-ClickHouse-Server-Display-Name", context.config().displayName());
      response.header("X-ClickHouse-Query-Id", queryId);
      inSession(files);
      // Only now is the session free for the request that the client sends on seeing the end.
      response.end();
    } catch (HttpException e) {
      throw e;
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      answerError(e);
    }
  }

  private List<Multipart.Part> form() throws IOException {
    if (!Multipart.isMultipart(request.headers())) {
      return List.of();
    }
    List<Multipart.Part> parts = Multipart.read(request.headers(), request.body(), FORM_BYTES_MAX);
    for (Multipart.Part p : parts) {
      if (!p.isFile()) {
        parameters.put(p.name(), ByteText.decode(p.content()));
      }
    }
    return parts.stream().filter(Multipart.Part::isFile).toList();
  }

  private void inSession(List<Multipart.Part> files) throws IOException {
    credentialsGiven = RequestCredentials.areIn(request.headers(), parameters);
    RequestCredentials who = RequestCredentials.of(request.headers(), parameters, socket);
    String id = parameters.get("session_id", "");
    if (parameters.has("session_id") && id.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.SESSION_ID_EMPTY, "Session id query parameter was provided, but it was empty");
    }
    Session fresh = context.engine().login(who.shown(), client(who.quotaKey()));
    if (id.isEmpty()) {
      try (fresh) {
        withDatabase(fresh, files);
      }
      return;
    }
    boolean mustExist = parameters.isOn("session_check");
    try (HttpSessions.Lease lease =
        context.sessions().take(id, sessionTimeoutMs(), mustExist, fresh)) {
      if (lease.session() != fresh) {
        fresh.close();
      }
      if (parameters.isOn("close_session")) {
        lease.drop();
      }
      withDatabase(lease.session(), files);
    } catch (LonghouseException e) {
      if (e.errorCode() == ErrorCode.SESSION_IS_LOCKED
          || e.errorCode() == ErrorCode.SESSION_NOT_FOUND) {
        fresh.close();
      }
      throw e;
    }
  }

  private ClientInfo client(String quotaKey) {
    String address = "";
    if (socket.getRemoteSocketAddress() instanceof InetSocketAddress a) {
      address = a.getAddress().getHostAddress() + ":" + a.getPort();
    }
    return new ClientInfo(
        ClientInfo.Protocol.HTTP,
        address,
        "",
        "",
        "",
        0,
        0,
        0,
        0,
        request.headers().get("User-Agent", ""),
        quotaKey,
        parameters.get("session_id", ""));
  }

  private long sessionTimeoutMs() {
    if (!parameters.has("session_timeout")) {
      return context.limits().sessionTimeoutDefaultMs();
    }
    String given = parameters.get("session_timeout", "");
    long seconds;
    try {
      seconds = Integer.parseUnsignedInt(given);
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.INVALID_SESSION_TIMEOUT, "Invalid session timeout: '" + given + "'");
    }
    int max = context.limits().sessionTimeoutMaxMs() / 1000;
    if (seconds > max) {
      throw new LonghouseException(
          ErrorCode.INVALID_SESSION_TIMEOUT,
          "Session timeout '"
              + given
              + "' is larger than max_session_timeout: "
              + max
              + ". Maximum session timeout could be modified in configuration file.");
    }
    return seconds * 1000;
  }

  /** The database of a request holds for that request; USE in it holds for the session. */
  private void withDatabase(Session session, List<Multipart.Part> files) throws IOException {
    String wanted = parameters.get("database", request.headers().get("X-ClickHouse-Database", ""));
    if (wanted.isEmpty()) {
      withRoles(session, files);
      return;
    }
    String before = session.database();
    session.database(wanted);
    try {
      withRoles(session, files);
    } finally {
      if (session.database().equals(wanted) && !before.equals(wanted)) {
        session.database(before);
      }
    }
  }

  /** The roles of a request hold for that request. */
  private void withRoles(Session session, List<Multipart.Part> files) throws IOException {
    if (parameters.roles().isEmpty()) {
      execute(session, files);
      return;
    }
    List<String> before = rows(session, "SHOW CURRENT ROLES");
    setRoles(session, parameters.roles());
    try {
      execute(session, files);
    } finally {
      setRoles(session, before);
    }
  }

  private static void setRoles(Session session, List<String> names) {
    String roles = String.join(", ", names.stream().map(Quoting::identifier).toList());
    rows(session, "SET ROLE " + (names.isEmpty() ? "NONE" : roles));
  }

  /** The first column of a statement's result. */
  private static List<String> rows(Session session, String sql) {
    List<String> rows = new ArrayList<>();
    try (RunningQuery q = session.start(QueryRequest.of(sql))) {
      while (!q.isFinished()) {
        Block b = q.next(NEXT_TIMEOUT_MS);
        for (int i = 0; b != null && i < b.rows(); i++) {
          rows.add(q.header().type(0).textOf(b.column(0).full(), i));
        }
      }
    }
    return rows;
  }

  private void execute(Session session, List<Multipart.Part> files) throws IOException {
    InputStream given = preset.takesBody() ? takeBody() : null;
    var options = QueryOptions.of(request, parameters, session.settings(), files);
    InputStream body =
        given != null ? given : files.isEmpty() ? statementBody() : InputStream.nullInputStream();
    byte[] head = ByteText.encode(parameters.get("query", ""));
    int room = (int) Math.clamp(options.maxQuerySize() + 1, 1, 1 << 28);
    byte[] sql = head;
    // A query of the configuration is all of the query: what comes with it is data.
    if (room > head.length && preset.text() == null) {
      byte[] rest = body.readNBytes(room - head.length);
      sql = join(head, rest);
    }
    var query =
        new QueryRequest(
            sql,
            queryId,
            options.settings(),
            options.queryParameters(),
            body,
            options.defaultFormat(),
            options.externalTables());
    try (RunningQuery running = session.start(query, this::checkClient)) {
      String zone = running.settings().text("session_timezone");
      if (zone.isEmpty()) {
        send(running, options);
      } else {
        ScopedValue.where(TimeZones.SESSION, TimeZones.of(zone))
            .<@Nullable Void, IOException>call(() -> {
              send(running, options);
              return null;
            });
      }
    }
  }

  /** A query that waits for its turn ends when nobody waits for its answer. */
  private void checkClient() {
    try {
      if (in.peerIsGone()) {
        throw new LonghouseException(
            ErrorCode.QUERY_WAS_CANCELLED, "Query was cancelled: the client is gone");
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Makes the body a parameter of the query; answers what is left of it. */
  private InputStream takeBody() throws IOException {
    byte[] all = statementBody().readNBytes((int) FORM_BYTES_MAX);
    var escaped = new ByteWriter(all.length + 16);
    StringText.writeEscaped(all, 0, all.length, escaped);
    parameters.put(
        PresetQuery.bodyParameter(), ByteText.decode(escaped.buffer(), 0, escaped.position()));
    return InputStream.nullInputStream();
  }

  private InputStream statementBody() throws IOException {
    if (Multipart.isMultipart(request.headers())) {
      return InputStream.nullInputStream();
    }
    InputStream body =
        ContentEncoding.decode(request.headers().get("Content-Encoding", ""), request.body());
    return parameters.isOn("decompress")
        ? new BlocksInput(new CompressedInput(body, "the request"))
        : body;
  }

  private static byte[] join(byte[] head, byte[] rest) {
    if (head.length == 0) {
      return rest;
    }
    byte[] all = java.util.Arrays.copyOf(head, head.length + 1 + rest.length);
    all[head.length] = '\n';
    System.arraycopy(rest, 0, all, head.length + 1, rest.length);
    return all;
  }

  private void send(RunningQuery running, QueryOptions options) throws IOException {
    var out = new ResultSink(running, options, request, response, context);
    sink = out;
    preset.headers().forEach(response::header);
    try {
      long lastProgressNs = System.nanoTime();
      long lastReportNs = lastProgressNs;
      while (!running.isFinished()) {
        var block = running.next(NEXT_TIMEOUT_MS);
        if (block != null) {
          running.send(block.rows(), () -> out.write(block));
        }
        long now = System.nanoTime();
        if (now - lastReportNs >= REPORT_INTERVAL_NS) {
          lastReportNs = now;
          out.progress(running.progress());
        }
        if (options.sendProgress() && now - lastProgressNs >= options.progressIntervalNs()) {
          lastProgressNs = now;
          response.line("X-ClickHouse-Progress", Summary.json(running.progress()));
        }
        if (block == null && options.cancelOnClose() && in.peerIsGone()) {
          running.cancel();
        }
      }
      out.end();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      running.failed(e);
      throw e;
    }
  }

  private void answerError(Throwable error) throws IOException {
    Failure failure = Failure.of(error);
    if (Failure.isDefect(error)) {
      LOG.log(Level.ERROR, "query " + queryId + " failed", error);
    } else {
      LOG.log(Level.DEBUG, () -> "query " + queryId + ": " + failure.display());
    }
    if (sink != null) {
      try {
        if (sink.fail(failure)) {
          return;
        }
      } catch (IOException | java.io.UncheckedIOException e) {
        LOG.log(Level.DEBUG, () -> "cannot send the error of query " + queryId + ": " + e);
        response.breakOff();
        return;
      }
    }
    if (response.isNew()) {
      response.status(HttpStatus.of(failure.errorCode()));
      boolean mayAsk = failure.errorCode() == ErrorCode.AUTHENTICATION_FAILED && !credentialsGiven;
      if (mayAsk || failure.errorCode() == ErrorCode.REQUIRED_PASSWORD) {
        response.status(401);
        response.header("WWW-Authenticate", "Basic realm=\"ClickHouse server HTTP API\"");
      }
      long retryAfterSec = Failure.retryAfterSec(error);
      if (retryAfterSec > 0) {
        response.header("Retry-After", Long.toString(retryAfterSec));
      }
    }
    response.header("Content-Type", "text/plain; charset=UTF-8");
    response.header("X-ClickHouse-Exception-Code", Integer.toString(failure.code()));
    response.body().write((failure.display() + "\n").getBytes(StandardCharsets.UTF_8));
    response.end();
  }
}
