package io.longhouse.engine.catalog;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateFunction;
import io.longhouse.sql.ast.Lambda;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Functions that users have made of lambdas. On disk each is a file {@code
 * user_defined/function_NAME.sql} with its CREATE FUNCTION. Safe for many threads.
 */
public final class UserFunctions {
  private static final String PREFIX = "function_";
  private static final String SUFFIX = ".sql";

  private final Map<String, Lambda> functions = new ConcurrentSkipListMap<>();
  private volatile @Nullable Path folder;

  /** Loads the functions below a data directory; later changes are kept there. */
  void load(Path root) {
    Path from = root.resolve("user_defined");
    for (Path file : MetadataFiles.list(from, SUFFIX)) {
      if (file.getFileName().toString().startsWith(PREFIX)) {
        var statement = Parser.parseStatement(MetadataFiles.read(file)).statement();
        if (!(statement instanceof CreateFunction c && c.body().bare() instanceof Lambda l)) {
          throw new LonghouseException(
              ErrorCode.INCORRECT_QUERY, "Expected CREATE FUNCTION with a lambda in " + file);
        }
        functions.put(c.name(), l);
      }
    }
    folder = from;
  }

  private static Path file(Path folder, String name) {
    return folder.resolve(PREFIX + FileNames.escape(name) + SUFFIX);
  }

  /** Adds or replaces a function. */
  public synchronized void put(CreateFunction statement, Lambda body) {
    Path in = folder;
    if (in != null) {
      MetadataFiles.write(file(in, statement.name()), Formatter.format(statement) + "\n");
    }
    functions.put(statement.name(), body);
  }

  /** Removes a function and answers whether it was there. */
  public synchronized boolean remove(String name) {
    if (!functions.containsKey(name)) {
      return false;
    }
    Path in = folder;
    if (in != null) {
      MetadataFiles.delete(file(in, name));
    }
    functions.remove(name);
    return true;
  }

  /** All functions by name. */
  public Map<String, Lambda> all() {
    return Collections.unmodifiableMap(functions);
  }
}
