package io.longhouse.engine.analyze;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.engine.plan.Plan;
import io.longhouse.engine.settings.Settings;
import io.longhouse.engine.table.ScanRequest;
import io.longhouse.engine.table.Table;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TableExpression;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that are this replica's, when several replicas of a shard share a query. They
 * are told apart by the value of a key, so that each row is read by one of them, whichever server
 * each one is; a table that has no key for it is read by the first alone.
 *
 * @param count how many replicas share the query
 * @param number of this one, from 0
 */
record ReplicaShare(long count, long number) {
  private static final BigInteger UINT64_VALUES = BigInteger.ONE.shiftLeft(64);

  /** Null where nobody shares the query. */
  static @Nullable ReplicaShare of(Settings settings) {
    long count = settings.number("parallel_replicas_count");
    if (count <= 1) {
      return null;
    }
    long number = settings.number("parallel_replica_offset");
    if (number < 0 || number >= count) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Setting parallel_replica_offset is " + number + ", of " + count + " replicas");
    }
    return new ReplicaShare(count, number);
  }

  private static String customKey(Settings settings) {
    return settings.text("parallel_replicas_mode").startsWith("custom_key")
        ? settings.text("parallel_replicas_custom_key").strip()
        : "";
  }

  /** What of a table that is sampled, or could be, this replica samples. */
  ScanRequest.@Nullable Sample sample(
      ScanRequest.@Nullable Sample written, Table table, Settings settings) {
    if (!table.supportsSampling() || !customKey(settings).isEmpty()) {
      return written;
    }
    var whole = new TableExpression.Ratio(BigInteger.ONE, BigInteger.ONE);
    TableExpression.Ratio share = written == null ? whole : written.share();
    if (share.numerator().compareTo(share.denominator()) > 0) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED,
          "SAMPLE of a number of rows is not implemented where replicas share a query");
    }
    BigInteger of = share.denominator().multiply(BigInteger.valueOf(count));
    BigInteger begin = share.numerator().multiply(BigInteger.valueOf(number));
    TableExpression.Ratio before = written == null ? null : written.offset();
    if (before != null) {
      begin = begin.multiply(before.denominator()).add(before.numerator().multiply(of));
    }
    return new ScanRequest.Sample(
        new TableExpression.Ratio(share.numerator(), of),
        new TableExpression.Ratio(begin, before == null ? of : of.multiply(before.denominator())),
        count);
  }

  /** The rows that are this replica's, of a table that is not sampled for it. */
  Relation apply(Relation r, Table table, Analyzer analyzer) {
    Settings settings = analyzer.context().settings();
    String key = customKey(settings);
    if (!key.isEmpty()) {
      Expr value = AdditionalFilters.over(r, key, analyzer);
      boolean range = settings.text("parallel_replicas_mode").equals("custom_key_range");
      Expr own = range ? inRange(value, settings, analyzer) : inTurn(value, analyzer);
      return r.withPlan(new Plan.Filter(r.plan(), own));
    }
    return number == 0 || table.supportsSampling()
        ? r
        : r.withPlan(new Plan.Filter(r.plan(), Literals.integer(0, 1, false)));
  }

  private Expr inTurn(Expr key, Analyzer analyzer) {
    Expressions e = analyzer.expressions();
    Expr turn = e.call("positiveModulo", key, Literals.integer(count, 8, false));
    return e.call("equals", turn, Literals.integer(number, 8, false));
  }

  /** Equal parts of the values that the key can have, or that the settings say it has. */
  private Expr inRange(Expr key, Settings settings, Analyzer analyzer) {
    DataType type = key.type();
    if (!(type instanceof IntegerType i) || i.signed() || i.bytes() > 8) {
      throw new LonghouseException(
          ErrorCode.ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER,
          "Invalid custom key column type: " + type.name() + ". Must be one unsigned integer type");
    }
    BigInteger lower = unsigned(settings.number("parallel_replicas_custom_key_range_lower"));
    BigInteger upper = unsigned(settings.number("parallel_replicas_custom_key_range_upper"));
    BigInteger end = upper.signum() > 0 ? upper : BigInteger.ONE.shiftLeft(8 * i.bytes());
    if (lower.compareTo(end) >= 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Invalid custom key filter range: Range upper bound must be larger than range lower"
              + " bound");
    }
    BigInteger values = end.subtract(lower);
    List<Expr> conditions = new ArrayList<>();
    if (number > 0) {
      conditions.add(compared("greaterOrEquals", key, limit(values, number, lower), analyzer));
    }
    if (number < count - 1) {
      conditions.add(compared("less", key, limit(values, number + 1, lower), analyzer));
    }
    return conditions.size() == 1
        ? conditions.getFirst()
        : analyzer.expressions().call("and", conditions);
  }

  private BigInteger limit(BigInteger values, long part, BigInteger lower) {
    return values.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(count)).add(lower);
  }

  private static Expr compared(String operator, Expr key, BigInteger limit, Analyzer analyzer) {
    return analyzer
        .expressions()
        .call(operator, key, Literals.integer(limit.longValue(), 8, false));
  }

  private static BigInteger unsigned(long v) {
    return v < 0 ? BigInteger.valueOf(v).add(UINT64_VALUES) : BigInteger.valueOf(v);
  }
}
