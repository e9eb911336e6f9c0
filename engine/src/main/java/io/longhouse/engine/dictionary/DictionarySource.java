package io.longhouse.engine.dictionary;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.KeyValueFunction;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.format.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a dictionary's rows come from, as a query. */
sealed interface DictionarySource {
  /** The query for all rows, null when there are none. */
  @Nullable String query(List<DictionarySpec.Column> columns);

  /** As whom it is read; null for the server itself. */
  default @Nullable String user() {
    return null;
  }

  /** As {@code system.dictionaries} describes it. */
  String shown();

  /** A table of this server. */
  record Table(String database, String table, @Nullable String where, @Nullable String user)
      implements DictionarySource {
    @Override
    public String query(List<DictionarySpec.Column> columns) {
      String items =
          columns.stream()
              .map(c -> {
                String name = Quoting.identifier(c.name());
                return c.expression() == null ? name : c.expression() + " AS " + name;
              })
              .collect(Collectors.joining(", "));
      return "SELECT "
          + items
          + " FROM "
          + Quoting.identifier(database)
          + "."
          + Quoting.identifier(table)
          + (where == null ? "" : " WHERE " + where);
    }

    @Override
    public String shown() {
      return "ClickHouse: " + database + "." + table + (where == null ? "" : ", where: " + where);
    }
  }

  /** A query on this server; its columns are the dictionary's in their order. */
  record Written(String database, String sql, @Nullable String user) implements DictionarySource {
    @Override
    public String query(List<DictionarySpec.Column> columns) {
      return sql;
    }

    @Override
    public String shown() {
      return "ClickHouse: " + database + ".";
    }
  }

  /** A file below the directory for users' files. */
  record File(String path, String format) implements DictionarySource {
    @Override
    public String query(List<DictionarySpec.Column> columns) {
      String structure =
          columns.stream()
              .map(c -> Quoting.identifier(c.name()) + " " + c.type().name())
              .collect(Collectors.joining(", "));
      return "SELECT * FROM file("
          + Quoting.string(path)
          + ", "
          + Quoting.string(format)
          + ", "
          + Quoting.string(structure)
          + ")";
    }

    @Override
    public String shown() {
      return "File: " + path + " " + format;
    }
  }

  /** No rows. */
  record Nothing() implements DictionarySource {
    @Override
    public @Nullable String query(List<DictionarySpec.Column> columns) {
      return null;
    }

    @Override
    public String shown() {
      return "Null";
    }
  }

  /**
   * @param database where names without a database are looked for
   * @throws LonghouseException UNKNOWN_ELEMENT_IN_CONFIG (137) for a source that is none,
   *     NOT_IMPLEMENTED (48) for one that is missing here
   */
  static DictionarySource of(KeyValueFunction f, String database) {
    Map<String, String> keys = new HashMap<>();
    List<KeyValueFunction.Pair> pairs = f.pairs();
    for (KeyValueFunction.Pair p : pairs == null ? List.<KeyValueFunction.Pair>of() : pairs) {
      Expression value = p.value();
      if (value != null) {
        keys.put(p.key().toLowerCase(Locale.ROOT), text(value));
      }
    }
    return switch (f.name()) {
      case "null" -> new Nothing();
      case "clickhouse" -> local(keys, database);
      case "file" -> new File(required(keys, "path"), required(keys, "format"));
      case "http", "mysql", "postgresql", "mongodb", "redis", "cassandra", "odbc", "jdbc" ->
          throw missing(f.name());
      case "executable", "executable_pool", "library", "yamlregexptree" -> throw missing(f.name());
      default ->
          throw new LonghouseException(
              ErrorCode.UNKNOWN_ELEMENT_IN_CONFIG, "unknown dictionary source type: " + f.name());
    };
  }

  private static LonghouseException missing(String name) {
    return new LonghouseException(
        ErrorCode.NOT_IMPLEMENTED, "Dictionary source " + name + " is not implemented");
  }

  private static String required(Map<String, String> keys, String key) {
    String value = keys.get(key);
    if (value == null) {
      throw new LonghouseException(
          ErrorCode.INCORRECT_DICTIONARY_DEFINITION, "The dictionary's source needs " + key);
    }
    return value;
  }

  private static DictionarySource local(Map<String, String> keys, String database) {
    String host = keys.getOrDefault("host", "localhost");
    if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1")) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "A dictionary from another server is not implemented");
    }
    for (String refused : List.of("update_field", "invalidate_query", "name")) {
      if (keys.containsKey(refused)) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "The key " + refused + " of a dictionary's source is not implemented");
      }
    }
    String in = keys.getOrDefault("db", database);
    String query = keys.get("query");
    String user = keys.get("user");
    return query != null
        ? new Written(in, query, user)
        : new Table(in, required(keys, "table"), keys.get("where"), user);
  }

  private static String text(Expression e) {
    return switch (e.bare()) {
      case Literal.StringLiteral s -> s.value();
      case Identifier id -> id.name();
      case Expression other -> Formatter.formatOneLine(other);
    };
  }
}
