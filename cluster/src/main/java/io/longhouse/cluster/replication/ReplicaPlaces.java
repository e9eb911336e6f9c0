package io.longhouse.cluster.replication;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.table.mergetree.EngineClause.ReplicaPlace;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the quotes of {@code ReplicatedMergeTree('path', 'name')}. {@code {database}}
 * and {@code {table}} are replaced when the table is made, so that it can be renamed; {@code
 * {uuid}}, {@code {shard}}, {@code {replica}} and other macros of the configuration stay in the
 * definition and are replaced each time it is read, so that it can be copied between replicas.
 */
final class ReplicaPlaces {
  private static final int DEPTH_MAX = 10;

  private ReplicaPlaces() {}

  /** The place that is kept in the definition of a new table. */
  static ReplicaPlace written(ReplicaPlace given, TableId id, QueryContext context) {
    Map<String, String> server = configuration(context);
    String path = given.path();
    String name = given.name();
    return new ReplicaPlace(
        ownNames(
            path == null
                ? server.getOrDefault("default_replica_path", "/clickhouse/tables/{uuid}/{shard}")
                : path,
            id),
        ownNames(
            name == null ? server.getOrDefault("default_replica_name", "{replica}") : name, id));
  }

  private static String ownNames(String text, TableId id) {
    return text.replace("{database}", id.database()).replace("{table}", id.name());
  }

  /**
   * Where the replica is in Keeper.
   *
   * @param checksPath whether a path is refused that does not begin with a slash
   */
  static ReplicaPath path(
      ReplicaPlace place, TableId id, boolean checksPath, QueryContext context) {
    String path = expand(text(place.path()), id, context);
    String name = expand(text(place.name()), id, context);
    int colon = path.indexOf(':');
    int slash = path.indexOf('/');
    if (colon > 0 && (slash < 0 || colon < slash)) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Auxiliary ZooKeeper clusters are not implemented: " + path);
    }
    String plain = path;
    while (plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (plain.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "ZooKeeper path must not be empty, found '" + path + "'");
    }
    if (checksPath && !plain.startsWith("/")) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "ZooKeeper path must starts with '/', got '" + path + "'");
    }
    if (name.isEmpty()) {
      throw new LonghouseException(ErrorCode.NO_REPLICA_NAME_GIVEN, "No replica name in config");
    }
    if (name.indexOf('/') >= 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Replica name must not contain '/', found '" + name + "'");
    }
    return new ReplicaPath(plain.startsWith("/") ? plain : "/" + plain, name);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Map<String, String> configuration(QueryContext context) {
    LocalEngine engine = context.service(LocalEngine.class);
    return engine == null ? Map.of() : engine.config().configuration();
  }

  /**
   * Replaces macros, also those in the values of macros.
   *
   * @throws LonghouseException NO_ELEMENTS_IN_CONFIG (139) for one that is not configured,
   *     SYNTAX_ERROR (62)
   */
  static String expand(String text, TableId id, QueryContext context) {
    return expand(text, text, id, configuration(context), 0);
  }

  private static String expand(
      String text, String whole, TableId id, Map<String, String> configuration, int depth) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    if (depth > DEPTH_MAX) {
      throw new LonghouseException(
          ErrorCode.SYNTAX_ERROR, "Too deep recursion while expanding macros: '" + whole + "'");
    }
    var out = new StringBuilder();
    int at = 0;
    for (int begin = text.indexOf('{'); begin >= 0; begin = text.indexOf('{', at)) {
      int end = text.indexOf('}', begin);
      if (end < 0) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR, "Unbalanced { and } in string with macros: '" + text + "'");
      }
      String name = text.substring(begin + 1, end);
      out.append(text, at, begin).append(value(name, text, id, configuration));
      at = end + 1;
    }
    out.append(text.substring(at));
    String once = out.toString();
    return once.equals(text) ? once : expand(once, whole, id, configuration, depth + 1);
  }

  private static String value(
      String name, String text, TableId id, Map<String, String> configuration) {
    String configured = configuration.get("macros." + name);
    if (configured != null) {
      return configured.strip();
    }
    return switch (name) {
      case "database" -> id.database();
      case "table" -> id.name();
      case "uuid" -> {
        if (id.uuid().equals(TableId.NO_UUID)) {
          throw new LonghouseException(
              ErrorCode.SYNTAX_ERROR,
              "Macro 'uuid' in engine arguments is only supported when the UUID is explicitly"
                  + " specified");
        }
        yield id.uuid().toString();
      }
      default ->
          throw new LonghouseException(
              ErrorCode.NO_ELEMENTS_IN_CONFIG,
              "No macro '"
                  + name
                  + "' in config while processing substitutions in '"
                  + text
                  + "' at '"
                  + text.indexOf("{" + name)
                  + "' or macro is not supported here");
    };
  }
}
