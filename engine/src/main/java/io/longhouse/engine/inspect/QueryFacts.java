package io.longhouse.engine.inspect;

import io.longhouse.column.Column;
import io.longhouse.engine.access.SessionUser;
import io.longhouse.engine.session.InitialQuery;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.Scalars;
import io.longhouse.registry.Register;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of the query and the server that have no arguments. */
@Register(
    kind = FunctionFactory.class,
    name = "initialQueryID",
    aliases = "initial_query_id",
    caseInsensitive = true,
    category = "Other",
    doc = "The id of the query as the client knows it.")
@Register(
    kind = FunctionFactory.class,
    name = "currentQueryID",
    caseInsensitive = true,
    category = "Other",
    doc = "The id of the query.")
@Register(
    kind = FunctionFactory.class,
    name = "initialQueryStartTime",
    aliases = "initial_query_start_time",
    caseInsensitive = true,
    category = "Other",
    doc = "When the client's query began.")
@Register(
    kind = FunctionFactory.class,
    name = "connectionId",
    aliases = "connection_id",
    caseInsensitive = true,
    category = "Other",
    doc = "A number of the connection, 0 for all but MySQL's protocol.")
@Register(
    kind = FunctionFactory.class,
    name = "authenticatedUser",
    aliases = "authUser",
    caseInsensitive = true,
    category = "Other",
    doc = "The user who logged in.")
@Register(
    kind = FunctionFactory.class,
    name = "getOSKernelVersion",
    category = "Other",
    doc = "Name and version of the operating system.")
@Register(
    kind = FunctionFactory.class,
    name = "shardNum",
    category = "Other",
    doc = "The number of the shard in a distributed query, 0 elsewhere.")
@Register(
    kind = FunctionFactory.class,
    name = "shardCount",
    category = "Other",
    doc = "How many shards a distributed query has, 0 elsewhere.")
@Register(
    kind = FunctionFactory.class,
    name = "serverUUID",
    category = "Other",
    doc = "The id that the server gave itself at its first start.")
@Register(
    kind = FunctionFactory.class,
    name = "zookeeperSessionUptime",
    category = "Other",
    doc = "Seconds since the session with Keeper began, 0 without one.")
@Register(
    kind = FunctionFactory.class,
    name = "hasThreadFuzzer",
    category = "Other",
    doc = "Whether threads are disturbed on purpose: never.")
@Register(
    kind = FunctionFactory.class,
    name = "transactionID",
    category = "Other",
    doc = "The id of the transaction, zeros outside of one.")
final class QueryFacts implements FunctionFactory {
  private static final Set<String> OF_SERVER =
      Set.of(
          "getOSKernelVersion",
          "shardNum",
          "shardCount",
          "serverUUID",
          "zookeeperSessionUptime",
          "hasThreadFuzzer");

  private final String name;

  QueryFacts(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count(name, arguments, 0);
    QueryConstant fact = QueryConstant.of(type(), value(context));
    return OF_SERVER.contains(name) ? fact.ofServer() : fact;
  }

  private String type() {
    return switch (name) {
      case "initialQueryStartTime" -> "DateTime";
      case "connectionId" -> "UInt64";
      case "shardNum", "shardCount", "zookeeperSessionUptime" -> "UInt32";
      case "serverUUID" -> "UUID";
      case "hasThreadFuzzer" -> "UInt8";
      case "transactionID" -> "Tuple(UInt64, UInt64, UUID)";
      default -> "String";
    };
  }

  private @Nullable Object value(FunctionContext context) {
    return switch (name) {
      case "currentQueryID" -> context.queryId();
      case "initialQueryID" -> {
        InitialQuery initial = context.service(InitialQuery.class);
        yield initial == null ? context.queryId() : initial.queryId();
      }
      case "initialQueryStartTime" -> {
        InitialQuery initial = context.service(InitialQuery.class);
        yield initial == null
            ? context.queryStart()
            : Instant.ofEpochSecond(initial.startMicros() / 1_000_000);
      }
      case "authenticatedUser" -> {
        SessionUser user = context.service(SessionUser.class);
        yield user == null ? context.currentUser() : user.admission().authenticated();
      }
      case "getOSKernelVersion" ->
          System.getProperty("os.name", "") + " " + System.getProperty("os.version", "");
      case "serverUUID" -> {
        LocalEngine engine = context.service(LocalEngine.class);
        yield engine == null ? null : engine.uuid();
      }
      case "shardNum" -> shard(context, Scalars.SHARD_NUM);
      case "shardCount" -> shard(context, Scalars.SHARD_COUNT);
      default -> null; // zeros
    };
  }

  /** What the server that asks says of this shard; 0 for a query of a client. */
  private static @Nullable Object shard(FunctionContext context, String name) {
    Scalars sent = context.service(Scalars.class);
    Argument value = sent == null ? null : sent.get(name);
    return value != null && value.constant() instanceof Column c
        ? Long.parseLong(value.type().textOf(c, 0))
        : null;
  }
}
