package io.longhouse.client;

import io.longhouse.column.Block;
import io.longhouse.column.ByteReader;
import io.longhouse.column.Header;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.TimeZones;
import io.longhouse.format.Formats;
import io.longhouse.format.InputFormat;
import io.longhouse.format.InputOptions;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.wire.Failure;
import io.longhouse.wire.NamedBlock;
import io.longhouse.wire.ServerHello;
import io.longhouse.wire.connection.Answer;
import io.longhouse.wire.connection.ClientQuery;
import io.longhouse.wire.connection.Endpoint;
import io.longhouse.wire.connection.NativeClient;
import io.longhouse.wire.connection.ServerError;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server at the other end of a connection. Reconnects when the connection was lost. */
final class RemoteBackend implements Backend {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Endpoint endpoint;
  private volatile NativeClient client;
  private String database;
  private final boolean useClientTimeZone;
  private boolean lost;

  RemoteBackend(Endpoint endpoint, boolean useClientTimeZone) {
    this.endpoint = endpoint;
    this.useClientTimeZone = useClientTimeZone;
    this.client = NativeClient.connect(endpoint);
    this.database = endpoint.database();
  }

  @Override
  public void run(Request request, Receiver receiver) {
    reconnect();
    try {
      client.send(
          new ClientQuery(
              ByteText.encode(request.sql()),
              request.queryId(),
              request.settings(),
              request.parameters(),
              Map.of()));
      exchange(request, receiver);
    } catch (UncheckedIOException e) {
      lost = true;
      Throwable cause = e.getCause();
      throw new LonghouseException(
          ErrorCode.NETWORK_ERROR,
          (cause == null ? e : cause).getMessage() + ", while talking to " + endpoint.address(),
          e);
    } catch (LonghouseException e) {
      lost |= !(e instanceof ServerError);
      throw e;
    }
  }

  private void reconnect() {
    if (!lost) {
      return;
    }
    client.close();
    client = NativeClient.connect(endpoint);
    lost = false;
    if (!database.equals(endpoint.database())) {
      client.send(ClientQuery.of("USE " + Quoting.identifier(database)));
      Answer last = client.next();
      while (!(last instanceof Answer.End) && !(last instanceof Answer.Failed)) {
        last = client.next();
      }
    }
  }

  private void exchange(Request request, Receiver receiver) {
    FormatSettings settings = FormatSettings.from(request.settings()::get);
    boolean begun = false;
    boolean sent = request.data() == null;
    var memory = new MemoryEvents();
    String tableColumns = "";
    while (true) {
      switch (client.next()) {
        case Answer.Data d -> {
          NamedBlock block = d.block();
          if (!sent) {
            sent = true;
            upload(block.header(), tableColumns, request, settings);
          } else if (block.header().size() > 0 && !isUploadEcho(request)) {
            if (!begun) {
              begun = true;
              receiver.begin(block.header(), settings);
            }
            if (block.block().rows() > 0) {
              receiver.rows(block.block());
            }
          }
        }
        case Answer.Totals t -> receiver.totals(t.block());
        case Answer.Extremes x -> receiver.extremes(x.block());
        case Answer.Progress p -> receiver.progress(p.packet());
        case Answer.Profile p ->
            receiver.rowsBeforeLimit(p.packet().appliedLimit() ? p.packet().rowsBeforeLimit() : -1);
        case Answer.Log l -> logs(l.block(), receiver);
        case Answer.ProfileEvents e -> memory.take(e.block(), receiver);
        case Answer.TableColumns t -> tableColumns = t.description();
        case Answer.TimeZone _ -> {
          // times are shown in their type's zone
        }
        case Answer.Failed f -> throw error(f.failure());
        case Answer.End _ -> {
          return;
        }
      }
    }
  }

  private static boolean isUploadEcho(Request request) {
    return request.data() != null;
  }

  private ServerError error(Failure failure) {
    return new ServerError(failure, endpoint);
  }

  /** Parses the data that came with an INSERT and sends them in blocks. */
  private void upload(
      Header header, String tableColumns, Request request, FormatSettings settings) {
    InputStream data = request.data();
    if (data == null) {
      return;
    }
    try (var expressions = new LocalExpressions()) {
      InputFormat format =
          Formats.input(
              request.dataFormat(),
              header,
              settings,
              new ByteReader(data, BUFFER_BYTES),
              InputOptions.DEFAULT.with(expressions));
      var defaults = new RemoteDefaults(tableColumns, header, expressions);
      for (Block b = format.read(); b != null; b = format.read()) {
        if (b.rows() > 0) {
          client.sendData(header, defaults.fill(b, format.missing()));
        }
        if (client.awaits(0) && client.next() instanceof Answer.Failed f) {
          throw error(f.failure());
        }
      }
      client.endData();
    } catch (ServerError e) {
      throw e;
    } catch (LonghouseException e) {
      lost = true; // the server still waits for data: only a new connection is clean
      throw e;
    }
  }

  private static void logs(NamedBlock block, Receiver receiver) {
    Header h = block.header();
    for (int row = 0; row < block.block().rows(); row++) {
      receiver.log(
          "["
              + text(h, block, "host_name", row)
              + "] "
              + text(h, block, "event_time", row)
              + " {"
              + text(h, block, "query_id", row)
              + "} "
              + text(h, block, "source", row)
              + ": "
              + text(h, block, "text", row));
    }
  }

  private static String text(Header h, NamedBlock block, String column, int row) {
    int at = h.indexOf(column);
    return at < 0 ? "" : h.type(at).textOf(block.block().column(at), row);
  }

  @Override
  public void cancel() {
    client.cancel();
  }

  @Override
  public String description() {
    ServerHello s = client.server();
    return s.name() + " server version " + serverVersion() + " at " + endpoint.address();
  }

  @Override
  public String serverVersion() {
    ServerHello s = client.server();
    return s.major() + "." + s.minor() + "." + s.patch();
  }

  @Override
  public String database() {
    return database.isEmpty() ? "default" : database;
  }

  @Override
  public ZoneId zone(Map<String, String> settings) {
    String session = settings.getOrDefault("session_timezone", "");
    String server = client.server().timeZone();
    if (!session.isEmpty()) {
      return TimeZones.of(session);
    }
    return useClientTimeZone || server.isEmpty() ? ZoneId.systemDefault() : TimeZones.of(server);
  }

  /** Remembers what USE has chosen, for the prompt and for a new connection. */
  void used(@Nullable String name) {
    if (name != null) {
      database = name;
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
