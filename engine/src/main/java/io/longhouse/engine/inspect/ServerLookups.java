package io.longhouse.engine.inspect;

import io.longhouse.column.type.BoolType;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.settings.ServerSettings;
import io.longhouse.engine.settings.SettingTable;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.function.ServerFacts;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.storage.MergeTreeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Values of the configuration and of the disk, by name. */
@Register(
    kind = FunctionFactory.class,
    name = "getServerPort",
    category = "Other",
    doc = "The port of an interface of the server, by its key in the configuration.")
@Register(
    kind = FunctionFactory.class,
    name = "getServerSetting",
    category = "Other",
    doc = "The value of a server setting.")
@Register(
    kind = FunctionFactory.class,
    name = "getMergeTreeSetting",
    category = "Other",
    doc = "The value that a setting of MergeTree tables has unless a table says otherwise.")
@Register(
    kind = FunctionFactory.class,
    name = "filesystemAvailable",
    category = "Other",
    doc = "Bytes that can still be written to a disk.")
@Register(
    kind = FunctionFactory.class,
    name = "filesystemUnreserved",
    category = "Other",
    doc = "Free bytes of a disk.")
@Register(
    kind = FunctionFactory.class,
    name = "filesystemCapacity",
    category = "Other",
    doc = "The size of a disk in bytes.")
final class ServerLookups implements FunctionFactory {
  private final String name;

  ServerLookups(String name) {
    this.name = name;
  }

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    if (name.startsWith("filesystem")) {
      Arguments.count(name, arguments, 0, 1);
      return QueryConstant.of("UInt64", bytes(arguments, context)).ofServer();
    }
    Arguments.count(name, arguments, 1);
    String key = Arguments.text(name, arguments, 0, "First argument");
    if (name.equals("getServerPort")) {
      ServerFacts facts = context.service(ServerFacts.class);
      int port = facts == null ? -1 : facts.port(key);
      if (port < 0) {
        throw new LonghouseException(
            ErrorCode.CLUSTER_DOESNT_EXIST, "There is no port named " + key);
      }
      return QueryConstant.of("UInt16", port).ofServer();
    }
    String value =
        name.equals("getServerSetting")
            ? serverSetting(key, context)
            : mergeTreeSetting(key, context);
    return QueryConstant.of(type(value, signed(key)), value).ofServer();
  }

  private static LocalEngine engine(FunctionContext context) {
    return Objects.requireNonNull(context.service(LocalEngine.class));
  }

  private static String serverSetting(String key, FunctionContext context) {
    SettingTable.Definition d = ServerSettings.table().find(key);
    String given = engine(context).config().configuration().get(key);
    if (d == null) {
      throw unknown(key);
    }
    return given == null ? d.defaultValue() : SettingTable.normalize(d, given);
  }

  private boolean signed(String key) {
    SettingTable.Definition d =
        name.equals("getServerSetting") ? ServerSettings.table().find(key) : null;
    return d != null && d.type().startsWith("Int");
  }

  private static String mergeTreeSetting(String key, FunctionContext context) {
    MergeTreeSettings.Definition d = MergeTreeSettings.definitions().get(key);
    if (d == null) {
      throw unknown(key);
    }
    return engine(context).config().mergeTree().getOrDefault(key, d.defaultValue());
  }

  private static LonghouseException unknown(String key) {
    return new LonghouseException(ErrorCode.UNKNOWN_SETTING, "Unknown setting '" + key + "'");
  }

  /** The smallest type that a literal of the value would have. */
  private static String type(String value, boolean signed) {
    if (value.equals("true") || value.equals("false")) {
      return BoolType.TYPE.name();
    }
    if (!value.matches("-?\\d{1,20}")) {
      return value.matches("-?\\d+\\.\\d*") ? "Float64" : "String";
    }
    BigInteger n = new BigInteger(value);
    boolean negative = signed || n.signum() < 0;
    for (int bits : new int[] {8, 16, 32, 64}) {
      if (n.bitLength() <= (negative ? bits - 1 : bits)) {
        return (negative ? "Int" : "UInt") + bits;
      }
    }
    return "String";
  }

  private long bytes(List<Argument> arguments, FunctionContext context) {
    String disk = arguments.isEmpty() ? "default" : Arguments.text(name, arguments, 0, "Argument");
    if (!disk.equals("default")) {
      throw new LonghouseException(
          ErrorCode.UNKNOWN_DISK, "Unknown disk name " + disk + " while execute function " + name);
    }
    Path root = engine(context).config().path();
    try {
      FileStore store = Files.getFileStore(root == null ? Path.of("") : root);
      return switch (name) {
        case "filesystemAvailable" -> store.getUsableSpace();
        case "filesystemUnreserved" -> store.getUnallocatedSpace();
        default -> store.getTotalSpace();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
