package io.longhouse.engine.workload;

import io.longhouse.engine.exec.ShareLimits;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.CreateWorkload.WorkloadSetting;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.format.Formatter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workload may use of one resource. A limit of {@code Long.MAX_VALUE} is none.
 *
 * @param weight its part of what siblings of the same priority share
 * @param priority of threads: siblings of a lower number go first
 * @param precedence of memory: siblings of a lower number keep theirs longer
 * @param threadsMax threads at once
 * @param cpusMax processors' time per time; 0 for no limit
 * @param burstCpuSec processor time at once beyond {@code cpusMax}
 * @param queriesMax queries at once
 * @param waitingMax queries that wait for their turn
 * @param queriesPerSecond queries begun; 0 for no limit
 * @param burstQueries queries begun at once beyond {@code queriesPerSecond}
 * @param memoryMax bytes of all queries together
 */
public record WorkloadSettings(
    double weight,
    long priority,
    long precedence,
    long threadsMax,
    double cpusMax,
    double burstCpuSec,
    long queriesMax,
    long waitingMax,
    double queriesPerSecond,
    double burstQueries,
    long memoryMax) {
  public static final long UNLIMITED = Long.MAX_VALUE;

  static final WorkloadSettings NONE =
      new WorkloadSettings(1, 0, 0, UNLIMITED, 0, 1, UNLIMITED, UNLIMITED, 0, 0, UNLIMITED);

  /**
   * Those of a definition.
   *
   * @param resource whose {@code FOR} clauses count; null for none
   * @throws LonghouseException BAD_ARGUMENTS (36), BAD_GET (170), INVALID_SCHEDULER_NODE (672),
   *     NOT_IMPLEMENTED (48) for limits of disks
   */
  static WorkloadSettings of(CreateWorkload w, @Nullable String resource) {
    Map<String, Expression> values = new HashMap<>();
    for (WorkloadSetting s : w.settings()) {
      if (s.resource() == null) {
        check(s);
        values.put(s.name(), s.value());
      }
    }
    for (WorkloadSetting s : w.settings()) {
      if (s.resource() != null) {
        check(s);
        if (s.resource().equals(resource)) {
          values.put(s.name(), s.value());
        }
      }
    }
    return of(values);
  }

  private static WorkloadSettings of(Map<String, Expression> v) {
    double weight = number(v, "weight", 1);
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new LonghouseException(
          ErrorCode.INVALID_SCHEDULER_NODE,
          "Zero, negative and non-finite node weights are not allowed: "
              + (weight == 0 ? "0" : Double.toString(weight)));
    }
    int cores = Runtime.getRuntime().availableProcessors();
    double perSecond = number(v, "max_queries_per_second", 0);
    return new WorkloadSettings(
        weight,
        integer(v, "priority", 0),
        integer(v, "precedence", 0),
        least(
            integer(v, "max_concurrent_threads", 0),
            (long) (number(v, "max_concurrent_threads_ratio_to_cores", 0) * cores)),
        least(number(v, "max_cpus", 0), number(v, "max_cpu_share", 0) * cores),
        number(v, "max_burst_cpu_seconds", 1),
        limit(integer(v, "max_concurrent_queries", 0)),
        limit(integer(v, "max_waiting_queries", 0)),
        perSecond,
        Math.max(perSecond > 0 ? 1 : 0, number(v, "max_burst_queries", perSecond)),
        least(
            integer(v, "max_memory", 0),
            (long) (number(v, "max_memory_ratio", 0) * Runtime.getRuntime().maxMemory())));
  }

  private static long limit(long n) {
    return n == 0 ? UNLIMITED : n;
  }

  private static long least(long a, long b) {
    return Math.min(limit(a), limit(b));
  }

  /** Of two limits the stricter one, where 0 is none. */
  private static double least(double a, double b) {
    return a == 0 ? b : b == 0 ? a : Math.min(a, b);
  }

  private static void check(WorkloadSetting s) {
    switch (s.name()) {
      case "weight",
          "max_cpus",
          "max_cpu_share",
          "max_burst_cpu_seconds",
          "max_queries_per_second",
          "max_burst_queries",
          "max_concurrent_threads_ratio_to_cores",
          "max_memory_ratio" ->
          notNegative(s.name(), number(s.value()));
      case "max_concurrent_threads",
          "max_concurrent_queries",
          "max_waiting_queries",
          "max_memory" ->
          notNegative(s.name(), integer(s.value()));
      case "priority", "precedence" -> {
        if (s.value().bare() instanceof Literal.StringLiteral) {
          throw badGet("String");
        }
        integer(s.value());
      }
      case "max_bytes_per_second",
          "max_speed",
          "max_burst_bytes",
          "max_burst",
          "max_io_requests",
          "max_requests",
          "max_bytes_inflight",
          "max_cost" -> {
        if (number(s.value()) != 0) {
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "Workload setting '" + s.name() + "' is not implemented: disks are not shared out");
        }
      }
      default ->
          throw new LonghouseException(
              ErrorCode.BAD_ARGUMENTS, "Unknown workload setting '" + s.name() + "'");
    }
  }

  private static void notNegative(String name, double value) {
    if (value < 0) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Unexpected negative value "
              + (value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value))
              + " for workload setting '"
              + name
              + "'");
    }
  }

  private static double number(Map<String, Expression> v, String name, double otherwise) {
    Expression e = v.get(name);
    return e == null ? otherwise : number(e);
  }

  private static long integer(Map<String, Expression> v, String name, long otherwise) {
    Expression e = v.get(name);
    return e == null ? otherwise : integer(e);
  }

  private static double number(Expression e) {
    if (e.bare() instanceof Literal.StringLiteral s) {
      return size(s.value());
    }
    String text = Formatter.formatOneLine(e);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException x) {
      throw badGet(text);
    }
  }

  private static long integer(Expression e) {
    if (e.bare() instanceof Literal.StringLiteral s) {
      return size(s.value());
    }
    double d = number(e);
    if (d != Math.rint(d)) {
      throw badGet("Float64");
    }
    try {
      return Long.parseLong(Formatter.formatOneLine(e));
    } catch (NumberFormatException x) {
      return d > 0 ? Long.MAX_VALUE : (long) d;
    }
  }

  private static LonghouseException badGet(String found) {
    return new LonghouseException(
        ErrorCode.BAD_GET, "Bad get: has " + found + ", requested Int64.");
  }

  /** A number with a suffix of sizes: {@code 10Gi}. */
  private static long size(String text) {
    int digits = 0;
    while (digits < text.length()
        && (Character.isDigit(text.charAt(digits)) || digits == 0 && text.startsWith("-"))) {
      digits++;
    }
    Long factor =
        switch (text.substring(digits)) {
          case "" -> 1L;
          case "k", "K" -> 1000L;
          case "Ki" -> 1L << 10;
          case "M" -> 1_000_000L;
          case "Mi" -> 1L << 20;
          case "G" -> 1_000_000_000L;
          case "Gi" -> 1L << 30;
          case "T" -> 1_000_000_000_000L;
          case "Ti" -> 1L << 40;
          default -> null;
        };
    if (factor == null || digits == 0) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_INPUT_ASSERTION_FAILED,
          "Cannot parse input: expected 'eof' before: '" + text.substring(digits) + "'.");
    }
    try {
      return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), factor);
    } catch (ArithmeticException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** What the scheduler of threads has to know. */
  ShareLimits threads() {
    return new ShareLimits(
        weight, priority, (int) Math.min(threadsMax, Integer.MAX_VALUE), cpusMax, burstCpuSec);
  }
}
