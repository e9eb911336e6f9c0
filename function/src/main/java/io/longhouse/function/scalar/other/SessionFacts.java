package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.ServerFacts;
import io.longhouse.registry.Register;
import io.longhouse.registry.Registry;
import io.longhouse.sql.ByteText;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What the session, the query and the process are called. */
@Register(
    kind = FunctionFactory.class,
    name = "version",
    caseInsensitive = true,
    category = "Other",
    doc = "The version whose SQL is spoken.")
@Register(
    kind = FunctionFactory.class,
    name = "uptime",
    category = "Other",
    doc = "Seconds since the process started.")
@Register(
    kind = FunctionFactory.class,
    name = "hostName",
    aliases = "hostname",
    category = "Other",
    doc = "The name of the host.")
@Register(
    kind = FunctionFactory.class,
    name = "FQDN",
    aliases = "fullHostName",
    caseInsensitive = true,
    category = "Other",
    doc = "The fully qualified name of the host.")
@Register(
    kind = FunctionFactory.class,
    name = "currentDatabase",
    aliases = {"DATABASE", "SCHEMA", "current_database"},
    caseInsensitive = true,
    category = "Other",
    doc = "The current database.")
@Register(
    kind = FunctionFactory.class,
    name = "currentUser",
    aliases = {"user", "current_user", "session_user"},
    caseInsensitive = true,
    category = "Other",
    doc = "The user of the session.")
@Register(
    kind = FunctionFactory.class,
    name = "queryID",
    aliases = {"query_id", "current_query_id"},
    caseInsensitive = true,
    category = "Other",
    doc = "The id of the query.")
@Register(
    kind = FunctionFactory.class,
    name = "buildId",
    caseInsensitive = true,
    category = "Other",
    doc = "The id of the build.")
@Register(
    kind = FunctionFactory.class,
    name = "revision",
    caseInsensitive = true,
    category = "Other",
    doc = "The revision of the native protocol.")
@Register(
    kind = FunctionFactory.class,
    name = "tcpPort",
    category = "Other",
    doc = "The port on which the server speaks the native protocol.")
@Register(
    kind = FunctionFactory.class,
    name = "displayName",
    category = "Other",
    doc = "The name that people gave the server.")
@Register(
    kind = FunctionFactory.class,
    name = "tid",
    category = "Introspection",
    doc = "The id of the thread.")
final class SessionFacts implements FunctionFactory {
  private static final String VERSION = "26.7.2.1";
  private static final int REVISION = 54_513;
  private static final int DEFAULT_PORT = 9000;

  /** What is the same on every server that works for the query. */
  private static final Set<String> OF_SESSION = Set.of("currentDatabase", "currentUser", "queryID");

  private final String name;

  SessionFacts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 0);
    return switch (name) {
      case "uptime" ->
          new TypeFacts.Fixed(
              IntegerType.UINT32,
              Int32Column.of((int) (ManagementFactory.getRuntimeMXBean().getUptime() / 1000)),
              false,
              true);
      case "tcpPort" -> {
        var facts = context.service(ServerFacts.class);
        short port = (short) (facts == null ? DEFAULT_PORT : facts.tcpPort());
        yield new TypeFacts.Fixed(IntegerType.UINT16, Int16Column.of(port), false, true);
      }
      case "tid" ->
          new TypeFacts.Fixed(
              IntegerType.UINT64, Int64Column.of(Thread.currentThread().threadId()), false, true);
      case "revision" ->
          new TypeFacts.Fixed(IntegerType.UINT32, Int32Column.of(REVISION), false, true);
      default ->
          new TypeFacts.Fixed(
              StringType.TYPE, text(value(context)), false, !OF_SESSION.contains(name));
    };
  }

  private String value(FunctionContext context) {
    return switch (name) {
      case "version" -> VERSION;
      case "currentDatabase" -> context.currentDatabase();
      case "currentUser" -> context.currentUser();
      case "queryID" -> context.queryId();
      case "buildId" -> BuildId.VALUE;
      case "displayName" -> {
        var facts = context.service(ServerFacts.class);
        yield facts == null ? hostName(false) : facts.displayName();
      }
      default -> hostName(name.equals("FQDN"));
    };
  }

  private static String hostName(boolean qualified) {
    try {
      InetAddress local = InetAddress.getLocalHost();
      return qualified ? local.getCanonicalHostName() : local.getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Column text(String s) {
    return StringColumn.of(ByteText.encode(s));
  }

  /** The digest of the names that this build registers, computed when first asked for. */
  private static final class BuildId {
    static final String VALUE = digest();

    private static String digest() {
      try {
        var sha = MessageDigest.getInstance("SHA-1");
        for (var e : Registry.of(FunctionFactory.class).entries()) {
          sha.update(e.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().withUpperCase().formatHex(sha.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
