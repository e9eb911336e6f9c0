package io.longhouse.engine.table.mergetree;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.Setting;
import io.longhouse.sql.ast.StorageClause;
import io.longhouse.storage.mergetree.MergeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code ENGINE =}, in the syntax of today or in that of 2016: {@code
 * MergeTree(date, [sample,] key, granularity, ...)}.
 *
 * @param keys the clause as it would be written today; the engine is without arguments
 * @param arguments what the engine itself takes: a version, a sign, columns
 * @param deprecated whether it was written in the old syntax
 * @param replica what a {@code Replicated} engine takes besides; null for others
 */
public record EngineClause(
    StorageClause keys,
    List<Expression> arguments,
    boolean deprecated,
    @Nullable ReplicaPlace replica) {
  /** What the names of engines begin with whose tables are replicated. */
  public static final String REPLICATED = "Replicated";

  /**
   * Where replicas find each other, as it was written.
   *
   * @param path in Keeper; null for the default of the server
   * @param name of the replica; null for the default of the server
   */
  public record ReplicaPlace(@Nullable String path, @Nullable String name) {}

  public EngineClause {
    arguments = List.copyOf(arguments);
  }

  /**
   * Takes a clause apart.
   *
   * @param allowsDeprecated whether the old syntax is understood
   */
  public static EngineClause of(StorageClause written, boolean allowsDeprecated) {
    FunctionCall engine = Objects.requireNonNull(written.engine());
    if (!engine.name().startsWith(REPLICATED)) {
      return of(written, engine, null, allowsDeprecated);
    }
    List<Expression> args = engine.arguments();
    String plain = engine.name().substring(REPLICATED.length());
    if (args.isEmpty() || !(args.getFirst().bare() instanceof Literal)) {
      ReplicaPlace byDefault = new ReplicaPlace(null, null);
      return of(written, FunctionCall.call(plain, args), byDefault, allowsDeprecated);
    }
    if (args.size() < 2 || !(args.get(1).bare() instanceof Literal)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Expected two string literal arguments: zookeeper_path and replica_name");
    }
    var place =
        new ReplicaPlace(text(args.get(0), "Path in ZooKeeper"), text(args.get(1), "Replica name"));
    return of(
        written, FunctionCall.call(plain, args.subList(2, args.size())), place, allowsDeprecated);
  }

  private static String text(Expression e, String what) {
    if (e.bare() instanceof Literal.StringLiteral s) {
      return s.value();
    }
    throw new LonghouseException(ErrorCode.BAD_ARGUMENTS, what + " must be a string literal");
  }

  private static EngineClause of(
      StorageClause written,
      FunctionCall engine,
      @Nullable ReplicaPlace replica,
      boolean allowsDeprecated) {
    boolean extended =
        written.partitionBy() != null
            || written.primaryKey() != null
            || written.orderBy() != null
            || written.sampleBy() != null
            || !written.ttl().isEmpty()
            || !written.settings().isEmpty();
    List<Expression> args = engine.arguments();
    if (extended || args.isEmpty()) {
      EngineArguments.checkCount(engine.name(), args.size());
      return new EngineClause(
          with(written, engine, List.of(), null, null, null), args, false, replica);
    }
    if (!allowsDeprecated) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "This syntax for *MergeTree engine is deprecated. Use extended storage definition syntax"
              + " with ORDER BY/PRIMARY KEY clause. See also"
              + " `allow_deprecated_syntax_for_merge_tree` setting.");
    }
    return deprecated(written, engine, replica);
  }

  private static EngineClause deprecated(
      StorageClause written, FunctionCall engine, @Nullable ReplicaPlace replica) {
    List<Expression> args = engine.arguments();
    EngineArguments.checkDeprecatedCount(engine.name(), args.size());
    if (!(args.getFirst() instanceof Identifier date)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Date column name must be an unquoted string");
    }
    int granularity = 1;
    while (granularity < args.size() && !isNumber(args.get(granularity))) {
      granularity++;
    }
    if (granularity < 2 || granularity > 3 || granularity >= args.size()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS, "Index granularity must be a positive integer");
    }
    Setting rows = new Setting("index_granularity", args.get(granularity));
    StorageClause keys =
        with(
            written,
            engine,
            List.of(rows),
            FunctionCall.call("toYYYYMM", date),
            args.get(granularity - 1),
            granularity == 3 ? args.get(1) : null);
    return new EngineClause(keys, args.subList(granularity + 1, args.size()), true, replica);
  }

  /** The expressions of a key: a tuple's elements, or the one expression. */
  public static List<Expression> keys(@Nullable Expression key) {
    if (key == null) {
      return List.of();
    }
    Expression bare = key.bare();
    return bare instanceof FunctionCall f && f.name().equals("tuple")
        ? f.arguments()
        : List.of(bare);
  }

  private static boolean isNumber(Expression e) {
    return e instanceof NumberLiteral n && n.isInteger();
  }

  private static StorageClause with(
      StorageClause s,
      FunctionCall engine,
      List<Setting> more,
      @Nullable Expression partitionBy,
      @Nullable Expression orderBy,
      @Nullable Expression sampleBy) {
    List<Setting> settings = new ArrayList<>(s.settings());
    settings.addAll(more);
    return new StorageClause(
        FunctionCall.call(engine.name()),
        partitionBy != null ? partitionBy : s.partitionBy(),
        s.primaryKey(),
        orderBy != null ? orderBy : s.orderBy(),
        sampleBy != null ? sampleBy : s.sampleBy(),
        s.uniqueKey(),
        s.ttl(),
        settings);
  }

  /** The clause as a table's definition has it: it says its index granularity and a sorting key. */
  static StorageClause normalised(StorageClause s, boolean emptyKeyByDefault) {
    List<Setting> settings = new ArrayList<>(s.settings());
    if (settings.stream().noneMatch(x -> x.name().equals("index_granularity"))) {
      settings.add(new Setting("index_granularity", Literal.of(8192)));
    }
    boolean noKey = s.orderBy() == null && s.primaryKey() == null;
    return new StorageClause(
        s.engine(),
        s.partitionBy(),
        s.primaryKey(),
        noKey && emptyKeyByDefault ? FunctionCall.call("tuple") : s.orderBy(),
        s.sampleBy(),
        s.uniqueKey(),
        s.ttl(),
        settings);
  }

  /** What the engine does with rows of equal key. */
  MergeMode mode() {
    return EngineArguments.mode(Objects.requireNonNull(keys.engine()).name(), arguments);
  }
}
