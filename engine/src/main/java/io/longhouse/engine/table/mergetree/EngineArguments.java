package io.longhouse.engine.table.mergetree;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateTime64Type;
import io.longhouse.column.type.DateTimeType;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.EnumType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.SimpleAggregateFunctionType;
import io.longhouse.function.aggregate.type.AggregateFunctionType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.FunctionCall;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.format.Formatter;
import io.longhouse.storage.mergetree.AggregatingMode;
import io.longhouse.storage.mergetree.CoalescingMode;
import io.longhouse.storage.mergetree.CollapsingMode;
import io.longhouse.storage.mergetree.MergeMode;
import io.longhouse.storage.mergetree.MergeTreeMetadata;
import io.longhouse.storage.mergetree.ReplacingMode;
import io.longhouse.storage.mergetree.SummingMode;
import io.longhouse.storage.mergetree.TableColumn;
import io.longhouse.storage.mergetree.VersionedCollapsingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What the engines of the family take, and what it must be. */
final class EngineArguments {
  private EngineArguments() {}

  private static int min(String engine) {
    return switch (engine) {
      case "CollapsingMergeTree" -> 1;
      case "VersionedCollapsingMergeTree" -> 2;
      default -> 0;
    };
  }

  private static int max(String engine) {
    return switch (engine) {
      case "CollapsingMergeTree", "SummingMergeTree", "CoalescingMergeTree" -> 1;
      case "ReplacingMergeTree", "VersionedCollapsingMergeTree" -> 2;
      default -> 0;
    };
  }

  static void checkCount(String engine, int count) {
    if (count < min(engine) || count > max(engine)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "With extended storage definition syntax storage "
              + engine
              + " requires "
              + range(min(engine), max(engine)));
    }
  }

  static void checkDeprecatedCount(String engine, int count) {
    if (count < 3 + min(engine) || count > 4 + max(engine)) {
      throw new LonghouseException(
          ErrorCode.NUMBER_OF_ARGUMENTS_DOESNT_MATCH,
          "ORDER BY or PRIMARY KEY clause is missing. Consider using extended storage definition"
              + " syntax with ORDER BY or PRIMARY KEY clause. With deprecated old syntax (highly"
              + " not recommended) storage "
              + engine
              + " requires "
              + range(3 + min(engine), 4 + max(engine)));
    }
  }

  private static String range(int min, int max) {
    return max == 0
        ? "no parameters"
        : (min == max ? "" + min : min + " to " + max) + " parameters";
  }

  /** The mode of an engine whose arguments are as many as it takes. */
  static MergeMode mode(String engine, List<Expression> args) {
    return switch (engine) {
      case "MergeTree" -> MergeMode.ORDINARY;
      case "ReplacingMergeTree" ->
          new ReplacingMode(
              args.isEmpty() ? null : name(args, 0), args.size() < 2 ? null : name(args, 1));
      case "SummingMergeTree" -> new SummingMode(columns(args));
      case "CoalescingMergeTree" -> new CoalescingMode(columns(args));
      case "AggregatingMergeTree" -> new AggregatingMode();
      case "CollapsingMergeTree" -> new CollapsingMode(name(args, 0));
      case "VersionedCollapsingMergeTree" ->
          new VersionedCollapsingMode(name(args, 0), name(args, 1));
      default -> throw new IllegalArgumentException(engine);
    };
  }

  private static String name(List<Expression> args, int i) {
    if (args.get(i).bare() instanceof Identifier id) {
      return id.name();
    }
    throw new LonghouseException(
        ErrorCode.BAD_ARGUMENTS,
        "Engine argument "
            + i
            + " must be the name of a column, found "
            + Formatter.formatOneLine(args.get(i)));
  }

  private static List<String> columns(List<Expression> args) {
    if (args.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    List<Expression> elements =
        args.getFirst().bare() instanceof FunctionCall f && f.name().equals("tuple")
            ? f.arguments()
            : List.of(args.getFirst());
    for (Expression e : elements) {
      if (!(e.bare() instanceof Identifier id)) {
        throw new LonghouseException(
            ErrorCode.UNEXPECTED_AST_STRUCTURE,
            Formatter.formatOneLine(e) + " is not an identifier.");
      }
      names.add(id.name());
    }
    return names;
  }

  /** Checks the columns that a mode names against the table's. */
  static void check(MergeMode mode, MergeTreeMetadata table, boolean allowsDimensions) {
    switch (mode) {
      case ReplacingMode r -> checkReplacing(r, table);
      case CollapsingMode c -> checkSign(c.sign(), mode, table);
      case VersionedCollapsingMode v -> {
        checkSign(v.sign(), mode, table);
        checkVersion(v.version(), mode, table);
      }
      case SummingMode s -> checkSums(s.columns(), table);
      case CoalescingMode c -> checkSums(c.columns(), table);
      case AggregatingMode _ -> {
        if (!allowsDimensions) {
          checkDimensions(table);
        }
      }
      default -> {
        // The others name no columns.
      }
    }
  }

  /** Rows become one, so that a column that is neither key nor measure would lose values. */
  private static void checkDimensions(MergeTreeMetadata table) {
    var keys = new TreeSet<Integer>();
    table.sortingKey().forEach(e -> keys.addAll(io.longhouse.engine.plan.Exprs.inputs(e)));
    table.partitionKey().forEach(e -> keys.addAll(io.longhouse.engine.plan.Exprs.inputs(e)));
    List<String> dimensions = new ArrayList<>();
    boolean measures = false;
    for (int i = 0; i < table.columns().size(); i++) {
      TableColumn c = table.columns().get(i);
      boolean measure =
          c.type() instanceof SimpleAggregateFunctionType
              || c.type() instanceof AggregateFunctionType;
      measures |= measure;
      if (!measure && !keys.contains(i)) {
        dimensions.add(c.name());
      }
    }
    if (measures && !dimensions.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Column(s) "
              + String.join(", ", dimensions)
              + " of the AggregatingMergeTree table are neither part of the sorting key nor"
              + " aggregate measures (AggregateFunction or SimpleAggregateFunction). Add them to"
              + " the sorting key (ORDER BY), or set 'allow_dimensions_outside_sorting_key = 1' if"
              + " this is intentional");
    }
  }

  private static void checkReplacing(ReplacingMode r, MergeTreeMetadata table) {
    String version = r.version();
    String isDeleted = r.isDeleted();
    if (version == null) {
      return;
    }
    checkVersion(version, r, table);
    if (isDeleted == null) {
      return;
    }
    if (isDeleted.equals(version)) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "The version and is_deleted column cannot be the same column (" + version + ").");
    }
    DataType type = type(isDeleted, "is_deleted column", table);
    if (!type.equals(IntegerType.UINT8)) {
      throw wrongType("is_deleted column (" + isDeleted + ")", r, "UInt8", type);
    }
  }

  private static void checkSign(String sign, MergeMode mode, MergeTreeMetadata table) {
    DataType type = type(sign, "Sign column", table);
    if (!type.equals(IntegerType.INT8)) {
      throw wrongType("Sign column (" + sign + ")", mode, "Int8", type);
    }
  }

  private static LonghouseException wrongType(
      String what, MergeMode mode, String expected, DataType found) {
    return new LonghouseException(
        ErrorCode.BAD_TYPE_OF_FIELD,
        what
            + " for storage "
            + mode.engine()
            + " must have type "
            + expected
            + ". Provided column of type "
            + found.name()
            + ".");
  }

  private static void checkVersion(String version, MergeMode mode, MergeTreeMetadata table) {
    DataType type = type(version, "Version column", table);
    boolean fits =
        switch (type) {
          case IntegerType _,
              FloatType _,
              DateType _,
              Date32Type _,
              DateTimeType _,
              DateTime64Type _,
              EnumType _ ->
              true;
          default -> false;
        };
    if (!fits) {
      throw new LonghouseException(
          ErrorCode.BAD_TYPE_OF_FIELD,
          "The column "
              + version
              + " cannot be used as a version column for storage "
              + mode.engine()
              + " because it is of type "
              + type.name()
              + " (must be of an integer type or of type Date/DateTime/DateTime64).");
    }
  }

  private static DataType type(String column, String what, MergeTreeMetadata table) {
    int place = table.place(column);
    if (place < 0) {
      throw new LonghouseException(
          ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
          what + " " + column + " does not exist in table declaration.");
    }
    return table.columns().get(place).type();
  }

  private static void checkSums(List<String> columns, MergeTreeMetadata table) {
    for (String c : columns) {
      boolean known =
          table.place(c) >= 0
              || table.columns().stream().anyMatch(x -> x.name().startsWith(c + "."));
      if (!known) {
        throw new LonghouseException(
            ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
            "Column " + c + " listed in columns to sum does not exist in table declaration.");
      }
    }
    checkNotIn(columns, table.sortingKey(), "sorting key", table);
    checkNotIn(columns, table.partitionKey(), "partition key", table);
  }

  private static void checkNotIn(
      List<String> columns,
      List<io.longhouse.function.expr.Expr> key,
      String what,
      MergeTreeMetadata table) {
    var both = new TreeSet<String>();
    for (var e : key) {
      for (int i : io.longhouse.engine.plan.Exprs.inputs(e)) {
        TableColumn c = table.columns().get(i);
        if (columns.contains(c.name())) {
          both.add(c.name());
        }
      }
    }
    if (!both.isEmpty()) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Columns: "
              + String.join(", ", both)
              + " listed both in columns to sum and in "
              + what
              + ". That is not allowed.");
    }
  }
}
