package io.longhouse.compat.isolation;

import io.longhouse.compat.isolation.ColumnShape.Kind;
import java.util.ArrayList;
import java.util.List;

/** Expressions over the columns in sight: every function, and what fails on rows of B alone. */
final class Expressions {
  private static final List<String> COMBINATORS =
      List.of(
          "If",
          "If",
          "State",
          "State",
          "Distinct",
          "OrNull",
          "OrDefault",
          "SimpleState",
          "StateIf",
          "DistinctIf",
          "OrNullIf",
          "Array",
          "ForEach",
          "Map",
          "ArgMin",
          "ArgMax");

  private static final List<String> LAMBDAS =
      List.of(
          "arrayMap(x -> %s, %s)",
          "arrayFilter(x -> x > %2$s[1] OR x != %1$s, %2$s)",
          "arrayExists(x -> x = %1$s, %2$s)",
          "arraySort(x -> -x, %2$s)",
          "arrayFold((acc, x) -> acc + x, %2$s, toInt64(0))",
          "arrayFirstIndex(x -> x >= 1, %2$s)",
          "arraySum(x -> x + 1, %2$s)",
          "arrayCumSum(%2$s)",
          "arrayMin(x -> x * %1$s, %2$s)");

  private final Draw draw;
  private final Signatures signatures;
  private final List<String> settings;

  Expressions(Draw draw, Signatures signatures, List<String> settings) {
    this.draw = draw;
    this.signatures = signatures;
    this.settings = settings;
  }

  /** The name of a column in sight, or a constant where none is of that kind. */
  String column(List<ColumnShape> scope, Kind... kinds) {
    List<Kind> wanted = List.of(kinds);
    List<ColumnShape> fit = scope.stream().filter(c -> wanted.contains(c.kind())).toList();
    return fit.isEmpty() ? constant(wanted.getFirst()) : draw.of(fit).text();
  }

  String anyColumn(List<ColumnShape> scope) {
    return draw.of(scope).text();
  }

  String number(List<ColumnShape> scope) {
    return column(scope, Kind.INTEGER, Kind.NUMBER);
  }

  String text(List<ColumnShape> scope) {
    return column(scope, Kind.STRING);
  }

  private String constant(Kind kind) {
    return switch (kind) {
      case INTEGER -> draw.of("0", "1", "5", "150", "-1", "9223372036854775807");
      case NUMBER -> draw.of("0.5", "3", "-1e300", "nan", "toDecimal64(4, 2)");
      case STRING -> draw.of("''", "'apple'", "'42'", "'zz'", "'acme'");
      case DATE -> draw.of("toDate('2024-03-11')", "toDate('1970-01-01')");
      case TIME -> draw.of("toDateTime('2024-03-01 12:00:00')", "toDateTime64('2024-03-02', 3)");
      case NUMBERS -> draw.of("[1, 2]", "[]");
      case STRINGS -> draw.of("['a']", "['', 'apple']");
      case MAP -> "map('k', 1)";
      case TUPLE -> "(1, 'a')";
      case OTHER -> draw.of("NULL", "toUUID('a1a1a1a1-0000-4000-8000-000000000001')", "1");
    };
  }

  String any(List<ColumnShape> scope, int depth) {
    if (depth <= 0 || draw.percent(15)) {
      return draw.percent(75) ? anyColumn(scope) : constant(draw.of(List.of(Kind.values())));
    }
    return switch (draw.below(12)) {
      case 0, 1, 2, 3, 4 -> function(scope, depth);
      case 5 -> arithmetic(scope, depth);
      case 6 -> hashed(scope, depth);
      case 7 -> conditional(scope, depth);
      case 8 -> cast(scope, depth);
      case 9 -> lambda(scope);
      case 10 -> failing(scope);
      default -> elsewhere(scope);
    };
  }

  /** A function of the whole registry, with arguments that it takes. */
  private String function(List<ColumnShape> scope, int depth) {
    String name = draw.of(signatures.scalarNames());
    return name + "(" + arguments(signatures.scalar(name, draw), scope, depth) + ")";
  }

  private String arguments(List<Signatures.Slot> slots, List<ColumnShape> scope, int depth) {
    List<String> out = new ArrayList<>();
    for (Signatures.Slot s : slots) {
      out.add(argument(s, scope, depth));
    }
    return String.join(", ", out);
  }

  private String argument(Signatures.Slot slot, List<ColumnShape> scope, int depth) {
    String constant = slot.constant();
    if (constant != null) {
      return constant;
    }
    List<ColumnShape> fit = scope.stream().filter(c -> c.type().equals(slot.type())).toList();
    if (fit.isEmpty()) {
      return any(scope, depth - 1);
    }
    if (draw.percent(5)) {
      return any(scope, depth - 1);
    }
    return draw.of(fit).text();
  }

  private String arithmetic(List<ColumnShape> scope, int depth) {
    if (draw.percent(25)) {
      return "(" + any(scope, depth - 1) + draw.of(" = ", " || ", " + ") + any(scope, 0) + ")";
    }
    return "("
        + number(scope)
        + draw.of(" + ", " - ", " * ", " / ", " % ", " = ", " < ", " DIV ")
        + number(scope)
        + ")";
  }

  private String hashed(List<ColumnShape> scope, int depth) {
    return draw.of(
            "cityHash64",
            "sipHash64",
            "toString",
            "toTypeName",
            "dumpColumnStructure",
            "toColumnTypeName",
            "length",
            "hex",
            "materialize",
            "ignore",
            "byteSize",
            "identity",
            "toJSONString",
            "toString")
        + "("
        + any(scope, depth - 1)
        + ")";
  }

  private String conditional(List<ColumnShape> scope, int depth) {
    String value = any(scope, depth - 1);
    return switch (draw.below(4)) {
      case 0 -> "if(" + condition(scope, depth - 1) + ", " + value + ", " + value + ")";
      case 1 -> "multiIf(" + condition(scope, 0) + ", 1, " + condition(scope, 0) + ", 2, 3)";
      case 2 -> "ifNull(" + column(scope, Kind.INTEGER) + ", " + number(scope) + ")";
      default -> "CASE " + text(scope) + " WHEN 'apple' THEN 1 WHEN '' THEN 0 ELSE 2 END";
    };
  }

  private String cast(List<ColumnShape> scope, int depth) {
    String to =
        draw.of(
            "String",
            "Int32",
            "UInt8",
            "Float64",
            "Date",
            "LowCardinality(String)",
            "Nullable(Int8)",
            "FixedString(2)",
            "Array(String)",
            "Enum8('a' = 1)",
            "UUID");
    return draw.of("CAST(", "accurateCast(", "accurateCastOrNull(", "_CAST(")
        + any(scope, depth - 1)
        + ", '"
        + to.replace("'", "\\'")
        + "')";
  }

  private String lambda(List<ColumnShape> scope) {
    return draw.of(LAMBDAS).formatted(number(scope), column(scope, Kind.NUMBERS));
  }

  /** Succeeds on every row of A and fails on some of B. */
  String failing(List<ColumnShape> scope) {
    return switch (draw.below(9)) {
      case 0 -> "throwIf(" + column(scope, Kind.INTEGER) + " > 4000000000)";
      case 1 -> "intDiv(100, " + number(scope) + ")";
      case 2 -> "toInt32(" + text(scope) + ")";
      case 3 -> "throwIf(" + text(scope) + " = '')";
      case 4 -> "modulo(7, toInt64(" + number(scope) + "))";
      case 5 -> "toDate(" + text(scope) + ")";
      case 6 -> "throwIf(empty(" + column(scope, Kind.NUMBERS, Kind.STRINGS) + "))";
      case 7 -> "throwIf(" + anyColumn(scope) + " IN (0, 2, 3))";
      default -> "range(toUInt64(" + number(scope) + "))";
    };
  }

  /** What is not of these rows: other tables, dictionaries, the session, the place of a row. */
  private String elsewhere(List<ColumnShape> scope) {
    return switch (draw.below(12)) {
      case 0 -> "joinGet('app.joined', 's', toUInt32(" + number(scope) + "))";
      case 1 ->
          "dictGet('"
              + draw.of("app.dictionary", "mine.dictionary", "mine.viewed")
              + "', 's', toUInt64("
              + number(scope)
              + "))";
      case 2 ->
          draw.of(
              "arrayFilter(i -> dictHas('app.dictionary', toUInt64(i)), range(990, 1100))",
              "arrayMap(i -> dictGet('app.dictionary', 'n', toUInt64(i)), range(990, 1100))",
              "dictHas('app.dictionary', toUInt64(" + number(scope) + " + 990))");
      case 3 ->
          "dictGetOrDefault('mine.dictionary', 'n', toUInt64("
              + column(scope, Kind.INTEGER)
              + "), 0)";
      case 4 -> "getSetting('" + draw.of(settings) + "')";
      case 5 ->
          draw.of(
              "rowNumberInAllBlocks()",
              "rowNumberInBlock()",
              "blockNumber()",
              "blockSize()",
              "runningDifference(" + number(scope) + ")",
              "neighbor(" + anyColumn(scope) + ", 1)",
              "runningAccumulate(sumState(1))");
      case 6 -> "hasColumnInTable('app', '" + draw.of(TableShape.ALL).name() + "', 's')";
      case 7 -> "estimateCompressionRatio(" + anyColumn(scope) + ")";
      case 8 ->
          "(SELECT "
              + draw.of("count()", "max(s)", "min(n)", "any(ls)")
              + " FROM app."
              + draw.of(TableShape.ALL).name()
              + ")";
      case 9 ->
          draw.of(
              "currentUser()",
              "currentDatabase()",
              "queryID()",
              "currentProfiles()",
              "currentRoles()",
              "version()",
              "hostName()",
              "getServerSetting('max_concurrent_queries')");
      case 10 -> "isNull(getSettingOrDefault('" + draw.of(settings) + "', NULL))";
      default -> "partitionID(" + anyColumn(scope) + ")";
    };
  }

  String condition(List<ColumnShape> scope, int depth) {
    if (depth > 0 && draw.percent(35)) {
      return "("
          + condition(scope, depth - 1)
          + draw.of(" AND ", " OR ", " AND NOT ", " XOR ")
          + condition(scope, depth - 1)
          + ")";
    }
    return switch (draw.below(16)) {
      case 0, 1 -> number(scope) + comparison() + draw.of("0", "5", "150", "-1", "3", "100");
      case 2 -> number(scope) + comparison() + number(scope);
      case 3 -> text(scope) + comparison() + draw.of("'apple'", "''", "'zz'", "'50'", text(scope));
      case 4 -> column(scope, Kind.INTEGER) + draw.of(" IN ", " NOT IN ") + "(0, 1, 2, 5, 150)";
      case 5 ->
          text(scope)
              + draw.of(" LIKE ", " NOT LIKE ", " ILIKE ")
              + draw.of("'%a%'", "'z%'", "'%'");
      case 6 -> anyColumn(scope) + draw.of(" IS NULL", " IS NOT NULL");
      case 7 ->
          column(scope, Kind.DATE)
              + comparison()
              + "'"
              + draw.of("2024-03-11", "1970-01-01", "2024-02-29")
              + "'";
      case 8 -> "toString(" + failing(scope) + ")" + draw.of(" != 'q'", " >= ''", " = '0'");
      case 9 ->
          number(scope)
              + " BETWEEN "
              + draw.of("0", "1", "99")
              + " AND "
              + draw.of("5", "150", "200");
      case 10 ->
          column(scope, Kind.INTEGER)
              + draw.of(" IN ", " NOT IN ", " GLOBAL IN ")
              + "(SELECT "
              + draw.of("id", "n", "tenant", "b")
              + " FROM app."
              + draw.of(TableShape.FILLED).name()
              + (draw.percent(40) ? " WHERE tenant != 1" : "")
              + ")";
      case 11 ->
          "EXISTS (SELECT 1 FROM app."
              + draw.of(TableShape.FILLED).name()
              + " AS z WHERE z."
              + draw.of("id", "n", "b")
              + " = "
              + column(scope, Kind.INTEGER)
              + ")";
      case 12 ->
          draw.of("hasAny([0, -1], ", "NOT hasAll([1, 2], ", "notEmpty(")
              + column(scope, Kind.NUMBERS)
              + ")";
      case 13 -> "tenant" + draw.of(" = 2", " != 1", " > 0", " IN (0, 1, 2, 3, 4294967295)");
      case 14 ->
          draw.of("indexHint(", "toBool(", "NOT (", "(")
              + number(scope)
              + comparison()
              + draw.of("5", "150")
              + ")";
      default ->
          "toString(" + any(scope, depth) + ")" + comparison() + "'" + draw.of("", "1", "a") + "'";
    };
  }

  private String comparison() {
    return draw.of(" = ", " != ", " < ", " > ", " <= ", " >= ");
  }

  /** An aggregate function of the registry, perhaps with combinators. */
  String aggregate(List<ColumnShape> scope, int depth) {
    if (draw.percent(30)) {
      return switch (draw.below(6)) {
        case 0 -> "count()";
        case 1 -> "min(" + anyColumn(scope) + ")";
        case 2 -> "max(" + anyColumn(scope) + ")";
        case 3 -> "sum(" + number(scope) + ")";
        case 4 -> "groupArray(" + any(scope, depth) + ")";
        default -> "uniqExact(" + anyColumn(scope) + ")";
      };
    }
    String name = draw.of(signatures.aggregateNames());
    Signatures.Call known = signatures.aggregate(name, draw);
    String arguments = arguments(known.arguments(), scope, depth - 1);
    String combinator = draw.percent(30) ? draw.of(COMBINATORS) : "";
    if (combinator.endsWith("If")) {
      arguments += (arguments.isEmpty() ? "" : ", ") + condition(scope, 0);
    }
    String parameters = known.parameters().isEmpty() ? "" : "(" + known.parameters() + ")";
    String call = name + combinator + parameters + "(" + arguments + ")";
    return combinator.startsWith("State") && draw.percent(70) ? "hex(" + call + ")" : call;
  }

  /** A function over a window. */
  String window(List<ColumnShape> scope) {
    String call =
        draw.percent(50)
            ? draw.of(
                "row_number()",
                "rank()",
                "dense_rank()",
                "percent_rank()",
                "cume_dist()",
                "ntile(3)",
                "lagInFrame(" + anyColumn(scope) + ")",
                "leadInFrame(" + anyColumn(scope) + ", 2)",
                "first_value(" + anyColumn(scope) + ")",
                "nth_value(" + anyColumn(scope) + ", 2)",
                "lag(" + anyColumn(scope) + ")")
            : aggregate(scope, 0);
    String frame =
        draw.percent(30)
            ? draw.of(
                " ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
                " RANGE UNBOUNDED PRECEDING",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING")
            : "";
    return call
        + " OVER ("
        + (draw.percent(50) ? "PARTITION BY " + anyColumn(scope) : "")
        + " ORDER BY "
        + anyColumn(scope)
        + frame
        + ")";
  }
}
