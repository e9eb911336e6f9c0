package io.longhouse.sql.parser;

import io.longhouse.sql.ast.AccessVerb;
import io.longhouse.sql.ast.CreateQuota;
import io.longhouse.sql.ast.Expression;
import io.longhouse.sql.ast.IntervalUnit;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.RoleSet;
import io.longhouse.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CREATE and ALTER of quotas. */
final class Quotas {
  private static final String NOT_KEYED = "NOT KEYED";

  private Quotas() {}

  static Statement parse(Cursor c, AccessVerb.Kind how) {
    boolean alter = how == AccessVerb.Kind.ALTER || how == AccessVerb.Kind.ALTER_IF_EXISTS;
    var names = new ArrayList<String>();
    do {
      names.add(Names.identifierOrString(c));
    } while (c.accept(TokenKind.COMMA));
    String newName = null;
    String cluster = null;
    String storage = null;
    String key = null;
    Expression ipv4 = null;
    Expression ipv6 = null;
    List<CreateQuota.QuotaInterval> intervals = List.of();
    RoleSet to = null;
    while (c.kind() == TokenKind.WORD) {
      if (alter && newName == null && c.accept("RENAME TO")) {
        newName = Names.identifierOrString(c);
      } else if (key == null && (c.at("KEYED BY") || c.at("KEY BY") || c.at(NOT_KEYED))) {
        key = key(c);
      } else if (ipv4 == null && c.accept("IPV4_PREFIX_BITS")) {
        ipv4 = Literals.number(c);
      } else if (ipv6 == null && c.accept("IPV6_PREFIX_BITS")) {
        ipv6 = Literals.number(c);
      } else if (intervals.isEmpty() && c.at("FOR")) {
        intervals = intervals(c);
      } else if (cluster == null && c.at("ON CLUSTER")) {
        cluster = Names.cluster(c);
      } else if (!alter && storage == null && c.accept("IN")) {
        storage = Names.identifier(c);
      } else if (to == null && c.accept("TO")) {
        to = UserNames.set(c);
      } else {
        break;
      }
    }
    return new CreateQuota(
        new AccessVerb(how, cluster, storage),
        List.copyOf(names),
        newName,
        key,
        ipv4,
        ipv6,
        intervals,
        to);
  }

  private static String key(Cursor c) {
    if (c.accept(NOT_KEYED)) {
      return NOT_KEYED;
    }
    if (!c.accept("KEYED BY")) {
      c.expect("KEY BY");
    }
    var keys = new ArrayList<String>();
    do {
      keys.add(Names.identifierOrString(c).toLowerCase(Locale.ROOT));
    } while (c.accept(TokenKind.COMMA));
    return String.join(", ", keys);
  }

  /** {@code FOR INTERVAL 1 HOUR MAX queries = 10, FOR INTERVAL 1 DAY NO LIMITS}. */
  static List<CreateQuota.QuotaInterval> intervals(Cursor c) {
    var list = new ArrayList<CreateQuota.QuotaInterval>();
    do {
      c.accept("FOR");
      boolean randomized = c.accept("RANDOMIZED");
      c.expect("INTERVAL");
      NumberLiteral count = Literals.number(c);
      IntervalUnit unit = Intervals.unit(c);
      boolean noLimits = c.accept("NO LIMITS");
      boolean tracking = !noLimits && c.accept("TRACKING ONLY");
      List<CreateQuota.QuotaLimit> limits = noLimits || tracking ? List.of() : limits(c);
      list.add(new CreateQuota.QuotaInterval(randomized, count, unit, noLimits, tracking, limits));
    } while (c.kind() == TokenKind.COMMA && c.accept(TokenKind.COMMA));
    return List.copyOf(list);
  }

  private static List<CreateQuota.QuotaLimit> limits(Cursor c) {
    c.expect("MAX");
    var limits = new ArrayList<CreateQuota.QuotaLimit>();
    do {
      c.accept("MAX");
      String name = Names.identifier(c).toLowerCase(Locale.ROOT);
      c.accept(TokenKind.EQUALS);
      limits.add(new CreateQuota.QuotaLimit(name, Settings.value(c)));
    } while (c.kind() == TokenKind.COMMA
        && !c.atAhead(1, "FOR")
        && !c.atAhead(1, "INTERVAL")
        && !c.atAhead(1, "RANDOMIZED")
        && c.accept(TokenKind.COMMA));
    return List.copyOf(limits);
  }
}
