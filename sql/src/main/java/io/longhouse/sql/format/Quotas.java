package io.longhouse.sql.format;

import io.longhouse.sql.ast.CreateQuota;
import java.util.Locale;

/** The text of quotas. */
final class Quotas {
  private Quotas() {}

  static void print(Out out, CreateQuota q) {
    Access.verb(out, q.verb(), "QUOTA ");
    Queries.names(out, q.names());
    Access.place(out, q.verb());
    if (q.newName() != null) {
      out.add(" RENAME TO ").name(q.newName());
    }
    if (q.keyType() != null) {
      boolean keyed = !q.keyType().equals("NOT KEYED");
      out.add(keyed ? " KEYED BY " : " ").add(q.keyType());
    }
    if (q.ipv4PrefixBits() != null) {
      Expressions.print(out.add(" IPV4_PREFIX_BITS "), q.ipv4PrefixBits());
    }
    if (q.ipv6PrefixBits() != null) {
      Expressions.print(out.add(" IPV6_PREFIX_BITS "), q.ipv6PrefixBits());
    }
    for (int i = 0; i < q.intervals().size(); i++) {
      interval(out.add(i > 0 ? "," : ""), q.intervals().get(i), " ");
    }
    if (q.to() != null) {
      Users.set(out.add(" TO "), q.to(), "ALL");
    }
  }

  /**
   * @param blank what stands in front
   */
  static void interval(Out out, CreateQuota.QuotaInterval i, String blank) {
    out.add(blank).add("FOR ").add(i.randomized() ? "RANDOMIZED INTERVAL " : "INTERVAL ");
    Expressions.print(out, i.count());
    out.add(' ').add(i.unit().name().toLowerCase(Locale.ROOT));
    out.add(i.noLimits() ? " NO LIMITS" : "").add(i.trackingOnly() ? " TRACKING ONLY" : "");
    for (int k = 0; k < i.limits().size(); k++) {
      CreateQuota.QuotaLimit limit = i.limits().get(k);
      out.add(k > 0 ? ", " : " MAX ").add(limit.name()).add(" = ");
      Expressions.print(out, limit.max());
    }
  }
}
