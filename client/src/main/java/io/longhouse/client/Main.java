package io.longhouse.client;

import io.longhouse.engine.session.EngineConfig;
import io.longhouse.sql.ByteText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.wire.Version;
import io.longhouse.wire.connection.Endpoint;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code longhouse client} and {@code longhouse local}. */
public final class Main {
  private final boolean local;
  private final Options options;
  private final PrintStream errors;
  private final boolean outputIsTerminal;
  private final boolean inputIsTerminal;

  private Main(boolean local, Options options, PrintStream errors) {
    this.local = local;
    this.options = options;
    this.errors = errors;
    this.inputIsTerminal = isTerminal(0);
    this.outputIsTerminal = isTerminal(1);
  }

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  /** Runs with {@code client} or {@code local} as the first argument; answers the exit status. */
  static int run(List<String> arguments) {
    var errors =
        new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
    try {
      boolean local = !arguments.isEmpty() && arguments.getFirst().equals("local");
      List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
      Options options = Options.parse(rest, local);
      if (options.isOn("help")) {
        System.out.print(local ? Usage.LOCAL : Usage.CLIENT);
        return 0;
      }
      if (options.isOn("version")) {
        System.out.println(
            "Longhouse " + (local ? "local" : "client") + " version " + Version.TEXT + ".");
        return 0;
      }
      return new Main(local, options, errors).run();
    } catch (LonghouseException e) {
      errors.println(Script.display(e));
      return Script.exitStatus(e);
    } catch (IOException | java.io.UncheckedIOException e) {
      errors.println("Code: 1000. DB::Exception: " + e.getMessage());
      return 1000 % 256;
    } finally {
      errors.flush();
    }
  }

  /** Whether a standard stream is a terminal; without any native call. */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    try {
      String to = Files.readSymbolicLink(link).toString();
      return to.startsWith("/dev/pts/") || to.startsWith("/dev/tty") || to.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null && System.console().isTerminal();
    }
  }

  private int run() throws IOException {
    List<String> texts = texts();
    boolean interactive = texts.isEmpty();
    InputStream input =
        inputIsTerminal || interactive ? null : new FileInputStream(FileDescriptor.in);
    try (Backend backend = local ? openLocal() : openRemote();
        OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      if (backend instanceof LocalBackend l) {
        input = new LocalTable(l, options).load(input) ? null : input;
      }
      if (interactive) {
        return new Shell(backend, options).run();
      }
      var script =
          new Script(
              backend, options, out, errors, input, false, outputIsTerminal, terminalWidth());
      int status = 0;
      for (String text : texts) {
        int ended = script.run(text);
        if (ended != 0 && !options.isOn("ignore-error")) {
          return ended;
        }
        status = ended != 0 ? ended : status;
      }
      return status;
    }
  }

  private static int terminalWidth() {
    String columns = System.getenv("COLUMNS");
    try {
      return columns == null ? 80 : Integer.parseInt(columns);
    } catch (NumberFormatException e) {
      return 80;
    }
  }

  /** Texts of statements to run one after another; none when a person is to type them. */
  private List<String> texts() throws IOException {
    List<String> parts = new ArrayList<>(options.queries());
    for (String file : options.queryFiles()) {
      parts.add(ByteText.decode(Files.readAllBytes(Path.of(file))));
    }
    if (parts.isEmpty() && local && !options.positional().isEmpty()) {
      parts.addAll(options.positional());
    }
    if (parts.isEmpty() && !inputIsTerminal) {
      parts.add(ByteText.decode(new FileInputStream(FileDescriptor.in).readAllBytes()));
    }
    return parts;
  }

  private Backend openLocal() {
    String zone = System.getenv("TZ");
    Map<String, String> profile = Map.of();
    Path path = options.has("path") ? Path.of(options.get("path", ".")) : null;
    var backend =
        new LocalBackend(
            new EngineConfig(
                path,
                0,
                0,
                zone == null || zone.isEmpty() ? null : ZoneId.of(zone),
                profile,
                Map.of(),
                Map.of()));
    if (options.has("database")) {
      backend.session().database(options.get("database", "default"));
    }
    return backend;
  }

  private Backend openRemote() {
    if (!options.positional().isEmpty()) {
      ConnectionString.apply(options.positional().getFirst(), options);
    }
    boolean secure = options.isOn("secure") && !options.isOn("no-secure");
    String password =
        options.get("password", System.getenv().getOrDefault("CLICKHOUSE_PASSWORD", ""));
    if (options.isOn("ask-password")) {
      if (System.console() == null) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "A password cannot be asked for without a terminal");
      }
      char[] typed =
          System.console().readPassword("Password for user (%s): ", options.get("user", "default"));
      password = typed == null ? "" : new String(typed);
    }
    String user = options.get("user", System.getenv().getOrDefault("CLICKHOUSE_USER", "default"));
    if (options.has("jwt")) {
      if (options.has("user") || options.has("password")) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "--jwt and --user or --password cannot both be given");
      }
      user = Endpoint.TOKEN_USER;
      password = options.get("jwt", "");
    }
    return new RemoteBackend(
        new Endpoint(
            options.get("host", "localhost"),
            options.number("port", secure ? Endpoint.SECURE_PORT : Endpoint.PORT),
            secure,
            options.isOn("accept-invalid-certificate"),
            user,
            password,
            options.get("database", ""),
            Script.codec(options.get("compression", "1")),
            options.has("certificate") ? Path.of(options.get("certificate", "")) : null,
            options.has("private-key") ? Path.of(options.get("private-key", "")) : null),
        options.isOn("use_client_time_zone"));
  }
}
