package io.longhouse.column.type;

import io.longhouse.registry.Registry;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;
import io.longhouse.sql.parser.Parser;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** From names to types. */
public final class DataTypes {
  private static final ConcurrentHashMap<String, DataType> CACHE = new ConcurrentHashMap<>();
  private static final int CACHE_ENTRIES_MAX = 10_000;

  private DataTypes() {}

  /**
   * The type of a name as text.
   *
   * @throws LonghouseException SYNTAX_ERROR (62), UNKNOWN_TYPE (50) or what the family says
   */
  public static DataType parse(String name) {
    DataType known = CACHE.get(name);
    if (known != null) {
      return known;
    }
    DataType type = of(Parser.parseType(name));
    if (CACHE.size() < CACHE_ENTRIES_MAX) {
      CACHE.put(name, type);
    }
    return type;
  }

  /** The type of a parsed name. */
  public static DataType of(TypeName name) {
    var registry = Registry.of(TypeFactory.class);
    TypeFactory factory = registry.find(name.name());
    if (factory == null) {
      List<String> similar = registry.similar(name.name());
      throw new LonghouseException(
          ErrorCode.UNKNOWN_TYPE,
          "Unknown data type family: "
              + name.name()
              + (similar.isEmpty() ? "" : ". Maybe you meant: " + similar));
    }
    return factory.create(name);
  }
}
