package io.longhouse.engine.access;

import io.longhouse.engine.access.Quota.Resource;
import io.longhouse.engine.statement.SettingText;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.AccessEntityKind;
import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.IntervalUnit;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.RoleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What CREATE QUOTA and ALTER QUOTA make of a quota, and the statement that makes it. */
final class QuotaChange {
  private QuotaChange() {}

  static Quota apply(Quota base, CreateQuota q, References references) {
    String name = q.newName() != null ? q.newName() : base.name();
    RoleSet to = q.to();
    return new Quota(
        base.id(),
        name,
        q.keyType() == null ? base.keys() : keys(q.keyType()),
        bits(q.ipv4PrefixBits(), base.ipv4PrefixBits()),
        bits(q.ipv6PrefixBits(), base.ipv6PrefixBits()),
        intervals(base.intervals(), q.intervals()),
        to == null
            ? base.to()
            : references.subjects(to, AccessEntityKind.USER, AccessEntityKind.ROLE));
  }

  private static int bits(@Nullable Expression written, int before) {
    return written == null ? before : Integer.parseInt(SettingText.of(written));
  }

  private static List<Quota.Key> keys(String written) {
    if (written.equalsIgnoreCase("NOT KEYED")) {
      return List.of();
    }
    List<Quota.Key> keys = new ArrayList<>();
    for (String word : written.split(",")) {
      String name = word.strip().toUpperCase(Locale.ROOT).replace(' ', '_');
      if (name.equals("CLIENT_KEY_OR_USER_NAME") || name.equals("CLIENT_KEY_OR_IP_ADDRESS")) {
        keys.add(Quota.Key.CLIENT_KEY);
        keys.add(name.endsWith("USER_NAME") ? Quota.Key.USER_NAME : Quota.Key.IP_ADDRESS);
        continue;
      }
      try {
        keys.add(Quota.Key.valueOf(name));
      } catch (IllegalArgumentException e) {
        throw new LonghouseException(
            ErrorCode.SYNTAX_ERROR, "Quota cannot be keyed by '" + word.strip() + "'", e);
      }
    }
    return keys;
  }

  private static List<Quota.Interval> intervals(
      List<Quota.Interval> before, List<CreateQuota.QuotaInterval> written) {
    List<Quota.Interval> out = new ArrayList<>(before);
    for (CreateQuota.QuotaInterval i : written) {
      long seconds = seconds(i);
      if (seconds <= 0) {
        throw new LonghouseException(
            ErrorCode.BAD_ARGUMENTS, "The duration of a quota interval must be positive");
      }
      out.removeIf(x -> x.seconds() == seconds);
      if (i.noLimits()) {
        continue;
      }
      Map<Resource, Long> max = new EnumMap<>(Resource.class);
      for (CreateQuota.QuotaLimit limit : i.limits()) {
        Resource r = resource(limit.name());
        max.put(r, value(r, limit.max()));
      }
      out.add(new Quota.Interval(seconds, i.randomized(), max));
    }
    out.sort(Comparator.comparing(Quota.Interval::seconds).reversed());
    return out;
  }

  private static Resource resource(String name) {
    for (Resource r : Resource.values()) {
      if (r.sql().equalsIgnoreCase(name)) {
        return r;
      }
    }
    throw new LonghouseException(ErrorCode.SYNTAX_ERROR, "Unknown quota resource '" + name + "'");
  }

  private static long value(Resource r, Expression max) {
    String text = SettingText.of(max);
    try {
      return r == Resource.EXECUTION_TIME
          ? Math.round(Double.parseDouble(text) * 1e9)
          : text.contains(".") || text.contains("e")
              ? (long) Double.parseDouble(text)
              : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new LonghouseException(
          ErrorCode.CANNOT_PARSE_NUMBER, "Quota limit " + r.sql() + ": '" + text + "'", e);
    }
  }

  private static final Map<IntervalUnit, Long> UNITS = units();

  private static Map<IntervalUnit, Long> units() {
    Map<IntervalUnit, Long> units = new EnumMap<>(IntervalUnit.class);
    units.put(IntervalUnit.SECOND, 1L);
    units.put(IntervalUnit.MINUTE, 60L);
    units.put(IntervalUnit.HOUR, 3600L);
    units.put(IntervalUnit.DAY, 86_400L);
    units.put(IntervalUnit.WEEK, 7 * 86_400L);
    units.put(IntervalUnit.MONTH, 2_629_746L);
    units.put(IntervalUnit.QUARTER, 3 * 2_629_746L);
    units.put(IntervalUnit.YEAR, 31_556_952L);
    return units;
  }

  private static long seconds(CreateQuota.QuotaInterval i) {
    Long unit = UNITS.get(i.unit());
    if (unit == null) {
      throw new LonghouseException(
          ErrorCode.SYNTAX_ERROR, "A quota's interval cannot be in " + i.unit().title() + "s");
    }
    return (long) (i.count().doubleValue() * unit);
  }

  // ---- Back

  static CreateQuota ast(Quota q, AccessVerb verb, RoleSet to) {
    List<CreateQuota.QuotaInterval> intervals = new ArrayList<>();
    for (Quota.Interval i : q.intervals()) {
      intervals.add(ast(i));
    }
    String keys =
        q.keys().isEmpty()
            ? null
            : String.join(
                ", ", q.keys().stream().map(k -> k.name().toLowerCase(Locale.ROOT)).toList());
    return new CreateQuota(
        verb,
        List.of(q.name()),
        null,
        keys,
        q.ipv4PrefixBits() == 0 ? null : Literal.of(q.ipv4PrefixBits()),
        q.ipv6PrefixBits() == 0 ? null : Literal.of(q.ipv6PrefixBits()),
        intervals,
        to.none() ? null : to);
  }

  private static CreateQuota.QuotaInterval ast(Quota.Interval i) {
    IntervalUnit unit = IntervalUnit.SECOND;
    for (IntervalUnit u :
        List.of(
            IntervalUnit.YEAR,
            IntervalUnit.QUARTER,
            IntervalUnit.MONTH,
            IntervalUnit.WEEK,
            IntervalUnit.DAY,
            IntervalUnit.HOUR,
            IntervalUnit.MINUTE)) {
      if (i.seconds() % UNITS.getOrDefault(u, 1L) == 0) {
        unit = u;
        break;
      }
    }
    long count = i.seconds() / UNITS.getOrDefault(unit, 1L);
    List<CreateQuota.QuotaLimit> limits = new ArrayList<>();
    for (Resource r : Resource.values()) {
      Long max = i.max().get(r);
      if (max != null) {
        boolean fraction = r == Resource.EXECUTION_TIME && max % 1_000_000_000 != 0;
        long whole = r == Resource.EXECUTION_TIME ? max / 1_000_000_000 : max;
        limits.add(
            new CreateQuota.QuotaLimit(
                r.sql(), fraction ? NumberLiteral.of(max / 1e9) : Literal.of(whole)));
      }
    }
    return new CreateQuota.QuotaInterval(
        i.randomized(), NumberLiteral.unsigned(count), unit, false, limits.isEmpty(), limits);
  }
}
