package io.longhouse.server.http;

import io.longhouse.cluster.interserver.Interserver;
import io.longhouse.server.config.HttpHandlers;
import io.longhouse.wire.Failure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP connection: requests one after another until one side wants to end. */
public final class HttpConnection {
  private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
  private static final String TEXT = "text/plain; charset=UTF-8";

  /** What is left of a body that nobody read is read up to that, to keep the connection. */
  private static final long DRAIN_BYTES_MAX = 1 << 20;

  /** Who answers the requests. */
  interface Route {
    void route(SocketInput in, HttpRequest request, HttpResponse response) throws IOException;
  }

  private final HttpContext context;
  private final Socket socket;
  private final OutputStream output;
  private final @Nullable Route others;

  public HttpConnection(HttpContext context, Socket socket, OutputStream output) {
    this(context, socket, output, null);
  }

  private HttpConnection(
      HttpContext context, Socket socket, OutputStream output, @Nullable Route others) {
    this.context = context;
    this.socket = socket;
    this.output = output;
    this.others = others;
  }

  /** A connection of another server. */
  public static HttpConnection ofServer(
      HttpContext context, Interserver interserver, Socket socket, OutputStream output) {
    return new HttpConnection(context, socket, output, new InterserverRoute(interserver));
  }

  /**
   * Serves requests until the connection ends.
   *
   * @param stopping whether the server wants to end
   * @param busy told when a request begins and ends
   */
  public void serve(BooleanSupplier stopping, Consumer<Boolean> busy) throws IOException {
    SocketInput in = new SocketInput(socket);
    OutputStream out = new BufferedOutputStream(output, 16 * 1024);
    var limits = context.limits();
    var reader =
        new RequestReader(
            in, limits.uriSizeMax(), limits.headerSizeMax(), limits.headersReadTimeoutMs());
    boolean more = true;
    while (more && !stopping.getAsBoolean()) {
      HttpRequest request;
      try {
        request = reader.next(limits.keepAliveTimeoutMs());
      } catch (HttpException e) {
        refuse(out, e);
        return;
      }
      if (request == null) {
        return;
      }
      busy.accept(true);
      try {
        more = serveOne(in, out, request, !stopping.getAsBoolean());
      } finally {
        busy.accept(false);
      }
    }
  }

  private boolean serveOne(SocketInput in, OutputStream out, HttpRequest request, boolean mayStay)
      throws IOException {
    in.timeout(context.config().limits().receiveTimeoutMs());
    boolean keep = mayStay && request.keepAlive() && context.limits().keepAliveTimeoutMs() > 0;
    if (request.headers().hasToken("Expect", "100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    var response = new HttpResponse(out, request, keep, context.limits().keepAliveTimeoutMs());
    try {
      if (others != null) {
        others.route(in, request, response);
      } else {
        route(in, request, response);
      }
    } catch (HttpException e) {
      if (response.bodyStarted()) {
        response.breakOff();
      } else {
        response.closeConnection();
        response.send(e.status(), TEXT, (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return response.keepAlive() && drain(request.body());
  }

  private void route(SocketInput in, HttpRequest request, HttpResponse response)
      throws IOException {
    context.limits().responseHeaders().forEach(response::header);
    if (request.method().equals("OPTIONS")) {
      context.limits().optionsHeaders().forEach(response::header);
      response.closeConnection();
      response.status(204);
      response.end();
      return;
    }
    ConfiguredHandlers.Found found = context.handlers().find(request);
    if (found != null) {
      configured(in, found, request, response);
      return;
    }
    if (!context.handlers().withDefaults()) {
      notFound(request, response);
      return;
    }
    boolean reads = request.isReadOnlyMethod();
    if (!reads && !request.method().equals("POST")) {
      throw new HttpException(
          request.method().equals("PUT") || request.method().equals("DELETE") ? 501 : 405,
          "Method " + request.method() + " is not supported");
    }
    page(in, request.path(), request, response);
  }

  /** What the configuration has for this request. */
  private void configured(
      SocketInput in, ConfiguredHandlers.Found found, HttpRequest request, HttpResponse response)
      throws IOException {
    switch (found.handler()) {
      case HttpHandlers.Handler.Fixed f -> {
        f.headers().forEach(response::header);
        response.send(f.status(), f.contentType(), context.handlers().content(f));
      }
      case HttpHandlers.Handler.Redirect r -> {
        response.header("Location", r.location());
        response.send(302, TEXT, new byte[0]);
      }
      case HttpHandlers.Handler.Page p -> page(in, p.path(), request, response);
      case HttpHandlers.Handler.Dynamic d ->
          new QueryHandler(
                  context,
                  socket,
                  in,
                  request,
                  response,
                  new PresetQuery(null, d.parameter(), found.captured(), d.headers()))
              .run();
      case HttpHandlers.Handler.Predefined p ->
          new QueryHandler(
                  context,
                  socket,
                  in,
                  request,
                  response,
                  new PresetQuery(p.query(), "", found.captured(), p.headers()))
              .run();
    }
  }

  private void page(SocketInput in, String path, HttpRequest request, HttpResponse response)
      throws IOException {
    boolean reads = request.isReadOnlyMethod();
    byte[] page = reads ? Pages.find(path) : null;
    if (page != null) {
      response.send(200, Pages.contentType(path), page);
      return;
    }
    switch (path) {
      case "/ping" -> response.send(200, TEXT, Pages.OK);
      case "/replicas_status" ->
          new ReplicasStatus(context.engine())
              .send(request.queryString().contains("verbose=1"), response);
      case "/metrics" ->
          response.send(
              200, "text/plain; version=0.0.4; charset=UTF-8", Prometheus.text(context.engine()));
      case "/", "/query" -> root(in, request, response);
      default -> notFound(request, response);
    }
  }

  private void root(SocketInput in, HttpRequest request, HttpResponse response) throws IOException {
    boolean bare = request.queryString().isEmpty() && request.isReadOnlyMethod();
    if (bare && !request.headers().has("X-ClickHouse-Query-Id") && request.path().equals("/")) {
      response.send(
          200,
          "text/html; charset=UTF-8",
          context.limits().defaultResponse().getBytes(StandardCharsets.UTF_8));
      return;
    }
    new QueryHandler(context, socket, in, request, response, PresetQuery.NONE).run();
  }

  private static void notFound(HttpRequest request, HttpResponse response) throws IOException {
    String text =
        "There is no handle "
            + request.path()
            + "\n\n"
            + "Use / or /ping for health checks.\n"
            + "Or /replicas_status for more sophisticated health checks.\n\n"
            + "Send queries from your program with POST method or GET /?query=...\n\n"
            + "Use the web interface at /play, or metrics in Prometheus' format at /metrics.\n";
    response.send(404, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  private void refuse(OutputStream out, HttpException e) throws IOException {
    LOG.log(Level.DEBUG, () -> "refused a request: " + e.getMessage());
    byte[] text = (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + e.status()
            + " "
            + HttpStatus.reason(e.status())
            + "\r\nConnection: Close\r\nContent-Type: "
            + TEXT
            + "\r\nContent-Length: "
            + text.length
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(text);
    out.flush();
    lingerBriefly();
  }

  /** Unread bytes at a close make the system reset the connection, and the answer be lost. */
  private void lingerBriefly() {
    try {
      socket.shutdownOutput();
      socket.setSoTimeout(100);
      byte[] sink = new byte[8192];
      InputStream in = socket.getInputStream();
      for (int i = 0; i < 16 && in.read(sink) > 0; i++) {
        // thrown away
        continue;
      }
    } catch (IOException | UnsupportedOperationException e) {
      LOG.log(Level.TRACE, () -> "lingering: " + e);
    }
  }

  private static boolean drain(@Nullable InputStream body) {
    if (body == null) {
      return true;
    }
    try {
      byte[] sink = new byte[8192];
      long left = DRAIN_BYTES_MAX;
      while (left > 0) {
        int n = body.read(sink);
        if (n < 0) {
          return true;
        }
        left -= n;
      }
      return false;
    } catch (IOException | HttpException e) {
      LOG.log(Level.DEBUG, () -> "the rest of a body: " + Failure.of(e).message());
      return false;
    }
  }
}
