package io.longhouse.cluster.interserver;

import io.longhouse.cluster.replication.node.HostNode;
import io.longhouse.column.compress.CompressedOutput;
import io.longhouse.column.compress.Lz4Codec;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this server answers other servers, by the endpoint that they name. */
public final class Interserver {
  private static final System.Logger LOG = System.getLogger(Interserver.class.getName());
  private static final String PORT = "interserver_%s_port";
  private static final int FRAME_BYTES = 1 << 20;

  private final Map<String, InterserverEndpoint> endpoints = new ConcurrentHashMap<>();
  private final Supplier<Map<String, Integer>> bound;
  private volatile InterserverConfig config;

  /**
   * @param bound the ports that this process listens on, by key of the configuration
   */
  public Interserver(Map<String, String> configuration, Supplier<Map<String, Integer>> bound) {
    this.config = InterserverConfig.of(configuration);
    this.bound = bound;
  }

  public void reload(Map<String, String> configuration) {
    config = InterserverConfig.of(configuration);
  }

  InterserverConfig config() {
    return config;
  }

  /**
   * Where others reach this server.
   *
   * @return database and table are empty
   * @throws LonghouseException NO_ELEMENTS_IN_CONFIG (139) when nothing listens
   */
  public HostNode address() {
    InterserverConfig c = config;
    String scheme = c.ports().containsKey("https") ? "https" : "http";
    Integer configured = c.ports().get(scheme);
    if (configured == null) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG,
          "Parameter 'interserver_http(s)_port' required for replication is not specified in"
              + " configuration file.");
    }
    int port = bound.get().getOrDefault(PORT.formatted(scheme), configured);
    if (port == 0) {
      throw new LonghouseException(
          ErrorCode.NO_ELEMENTS_IN_CONFIG,
          "The server does not listen yet: interserver_" + scheme + "_port is 0, any that is free");
    }
    String host = c.hosts().getOrDefault(scheme, "");
    int tcp = bound.get().getOrDefault("tcp_port", 0);
    return new HostNode(host.isEmpty() ? machine() : host, port, tcp, "", "", scheme);
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.log(Level.WARNING, "this machine's name leads nowhere, set interserver_http_host: " + e);
      return "localhost";
    }
  }

  /**
   * Answers a name from now on.
   *
   * @throws LonghouseException DUPLICATE_INTERSERVER_IO_ENDPOINT (220)
   */
  public void add(String name, InterserverEndpoint endpoint) {
    if (endpoints.putIfAbsent(name, endpoint) != null) {
      throw new LonghouseException(
          ErrorCode.DUPLICATE_INTERSERVER_IO_ENDPOINT,
          "Duplicate interserver IO endpoint: " + name);
    }
  }

  public void remove(String name, InterserverEndpoint endpoint) {
    endpoints.remove(name, endpoint);
  }

  /**
   * Answers a request.
   *
   * @param parameters of its URL
   * @param authorization the header of that name, null without one
   * @throws IOException when the other server went away, or when the answer had begun and its end
   *     cannot be sent: the connection must be broken off
   */
  public void answer(
      Map<String, String> parameters, @Nullable String authorization, InterserverAnswer answer)
      throws IOException {
    String refused = refusal(authorization);
    if (refused != null) {
      LOG.log(Level.WARNING, "a request of another server was refused: " + refused);
      answer.header("WWW-Authenticate", "Basic realm=\"interserver\"");
      send(answer, 401, refused);
      return;
    }
    String name = parameters.getOrDefault("endpoint", "");
    try {
      InterserverEndpoint endpoint = endpoints.get(name);
      if (endpoint == null) {
        throw new LonghouseException(
            ErrorCode.NO_SUCH_INTERSERVER_IO_ENDPOINT, "No interserver IO endpoint named " + name);
      }
      endpoint.answer(
          parameters,
          parameters.getOrDefault("compress", "false").equals("true")
              ? new Compressed(answer)
              : answer);
    } catch (LonghouseException e) {
      failed(answer, e);
    } catch (UncheckedIOException e) {
      failed(answer, new LonghouseException(ErrorCode.STD_EXCEPTION, String.valueOf(e), e));
    }
  }

  private static void failed(InterserverAnswer answer, LonghouseException e) throws IOException {
    Level level = e.errorCode() == ErrorCode.ABORTED ? Level.DEBUG : Level.WARNING;
    LOG.log(level, "another server's request failed: " + e.message());
    if (answer.isStarted()) {
      throw new IOException(e.message(), e);
    }
    String text =
        "Code: "
            + e.errorCode().code()
            + ". DB::Exception: "
            + e.message()
            + ". ("
            + e.errorCode().name()
            + ")";
    send(answer, 500, text);
  }

  private static void send(InterserverAnswer answer, int status, String text) throws IOException {
    answer.status(status);
    answer.header("Content-Type", "text/plain; charset=UTF-8");
    answer.body().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Why a request is not answered; null when it is. */
  private @Nullable String refusal(@Nullable String authorization) {
    InterserverConfig c = config;
    if (c.accepted().isEmpty()) {
      return authorization == null
          ? null
          : "Client requires HTTP Basic authentication, but server doesn't provide it";
    }
    if (authorization == null) {
      return c.allowEmpty()
          ? null
          : "Server requires HTTP Basic authentication, but client doesn't provide it";
    }
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return "Server requires HTTP Basic authentication but client provides another method";
    }
    String shown = "Basic " + authorization.substring(6).strip();
    boolean known = false;
    for (InterserverConfig.Credentials one : c.accepted()) {
      known |= one.isShownBy(shown);
    }
    return known ? null : "Incorrect user or password in HTTP Basic authentication";
  }

  /** An answer in compressed frames. */
  private record Compressed(InterserverAnswer answer) implements InterserverAnswer {
    @Override
    public void status(int code) {
      answer.status(code);
    }

    @Override
    public void header(String name, String value) {
      answer.header(name, value);
    }

    @Override
    public OutputStream body() {
      return new CompressedOutput(answer.body(), Lz4Codec.INSTANCE, FRAME_BYTES);
    }

    @Override
    public boolean isStarted() {
      return answer.isStarted();
    }
  }
}
