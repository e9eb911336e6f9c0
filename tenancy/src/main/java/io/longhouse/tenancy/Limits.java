package io.longhouse.tenancy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateQuota.QuotaInterval;
import io.longhouse.sql.ast.CreateQuota.QuotaLimit;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.TenantLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use.
 *
 * @param values a limit that is missing is none; sizes in bytes
 * @param intervals as of a quota, at most one of each length
 */
public record Limits(Map<Limit, NumberLiteral> values, List<QuotaInterval> intervals) {
  public static final Limits NONE = new Limits(Map.of(), List.of());

  private static final String UNITS = "kMGTP";

  public Limits {
    Map<Limit, NumberLiteral> sorted = new EnumMap<>(Limit.class);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
    intervals = List.copyOf(intervals);
  }

  public boolean isEmpty() {
    return values.isEmpty() && intervals.isEmpty();
  }

  /** The limit; null for none. */
  public @Nullable NumberLiteral get(Limit limit) {
    return values.get(limit);
  }

  /** The limit, or what it is without one. */
  public double get(Limit limit, double otherwise) {
    NumberLiteral v = values.get(limit);
    return v == null ? otherwise : v.doubleValue();
  }

  /** These, and what {@code over} says about the same in their place. */
  public Limits overlaidBy(Limits over) {
    Map<Limit, NumberLiteral> all = new EnumMap<>(Limit.class);
    all.putAll(values);
    all.putAll(over.values);
    return new Limits(all, merged(intervals, over.intervals, false));
  }

  /**
   * @param keepNone whether an interval without limits stays, to say so over those of the space
   */
  private static List<QuotaInterval> merged(
      List<QuotaInterval> base, List<QuotaInterval> over, boolean keepNone) {
    List<QuotaInterval> both = new ArrayList<>(base);
    for (QuotaInterval i : over) {
      both.removeIf(x -> sameLength(x, i));
      if (keepNone || !i.noLimits()) {
        both.add(i);
      }
    }
    return both;
  }

  private static boolean sameLength(QuotaInterval a, QuotaInterval b) {
    return a.count().equals(b.count()) && a.unit() == b.unit();
  }

  /**
   * What a LIMITS clause makes of these.
   *
   * @param modify whether limits that it does not name stay
   * @throws LonghouseException BAD_ARGUMENTS (36)
   */
  public Limits changed(boolean modify, TenantLimits clause) {
    Map<Limit, NumberLiteral> all = new EnumMap<>(Limit.class);
    if (modify) {
      all.putAll(values);
    }
    for (TenantLimits.Limit written : clause.limits()) {
      Limit limit = Limit.of(written.name());
      if (written.value() == null) {
        all.remove(limit);
      } else {
        all.put(limit, value(limit, written.value()));
      }
    }
    return new Limits(
        all,
        merged(
            modify ? intervals : List.of(),
            clause.intervals().stream().map(Limits::wholeNumbers).toList(),
            true));
  }

  /** Counts as integers, {@code 1e9} too. */
  private static QuotaInterval wholeNumbers(QuotaInterval i) {
    List<QuotaLimit> limits = new ArrayList<>();
    for (QuotaLimit l : i.limits()) {
      boolean whole =
          l.max() instanceof NumberLiteral n
              && !n.isInteger()
              && n.doubleValue() == Math.rint(n.doubleValue())
              && n.doubleValue() >= 0
              && n.doubleValue() < 0x1p63;
      limits.add(
          whole
              ? new QuotaLimit(
                  l.name(), NumberLiteral.unsigned((long) ((NumberLiteral) l.max()).doubleValue()))
              : l);
    }
    return new QuotaInterval(
        i.randomized(), i.count(), i.unit(), i.noLimits(), i.trackingOnly(), limits);
  }

  private static NumberLiteral value(Limit limit, Expression written) {
    NumberLiteral number =
        switch (written) {
          case NumberLiteral n -> n;
          case Literal.StringLiteral s -> sized(limit, s.value());
          default -> throw wrong(limit, "a number or a string such as '4Gi'");
        };
    double v = number.doubleValue();
    if (!(v >= 0) || Double.isInfinite(v) || limit == Limit.WEIGHT && v == 0) {
      throw wrong(limit, limit == Limit.WEIGHT ? "more than 0" : "0 or more");
    }
    boolean fractional = limit == Limit.WEIGHT || limit == Limit.MAX_EXECUTION_TIME;
    if (number.isInteger() || fractional && v != Math.rint(v)) {
      return number;
    }
    if (v != Math.rint(v) || v >= 0x1p63) {
      throw wrong(limit, "an integer");
    }
    return NumberLiteral.unsigned((long) v);
  }

  /** {@code 1000}, {@code 4Gi}, {@code 1.5G}: units of 1000, with an i of 1024. */
  private static NumberLiteral sized(Limit limit, String text) {
    String t = text.strip();
    double unit = 1;
    if (limit.isBytes() && !t.isEmpty()) {
      boolean binary = t.endsWith("i");
      String s = binary ? t.substring(0, t.length() - 1) : t;
      int power =
          s.isEmpty()
              ? -1
              : UNITS.indexOf(s.charAt(s.length() - 1) == 'K' ? 'k' : s.charAt(s.length() - 1));
      if (power >= 0) {
        unit = Math.pow(binary ? 1024 : 1000, power + 1);
        t = s.substring(0, s.length() - 1).strip();
      }
    }
    try {
      return unit == 1 && t.matches("[0-9]+")
          ? NumberLiteral.unsigned(Long.parseLong(t))
          : NumberLiteral.of(Math.rint(Double.parseDouble(t) * unit));
    } catch (NumberFormatException e) {
      throw wrong(limit, limit.isBytes() ? "a size such as '4Gi'" : "a number");
    }
  }

  private static LonghouseException wrong(Limit limit, String expected) {
    return new LonghouseException(
        ErrorCode.BAD_ARGUMENTS, "The limit " + limit.sql() + " of a tenant must be " + expected);
  }

  /** As a clause; null when there is nothing to say. */
  @Nullable TenantLimits clause() {
    if (isEmpty()) {
      return null;
    }
    List<TenantLimits.Limit> written = new ArrayList<>();
    values.forEach((limit, v) -> written.add(new TenantLimits.Limit(limit.sql(), v)));
    return new TenantLimits(written, intervals);
  }
}
