package io.longhouse.engine.system;

import io.longhouse.engine.access.Quota;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AccessEntityKind;

/** {@code system.quotas}. */
@Register(kind = SystemTable.class, name = "quotas", doc = "The quotas.")
final class QuotasTable extends SystemTable<AccessColumns.Of<Quota>> {
  private static final String KEYS =
      "Array(Enum8('user_name' = 1, 'ip_address' = 2, 'forwarded_ip_address' = 3, 'client_key' ="
          + " 4, 'normalized_query_hash' = 7))";

  QuotasTable() {
    super(
        "quotas",
        AccessColumns.subjects(
                new SystemColumns<AccessColumns.Of<Quota>>()
                    .text("name", r -> r.entity().name())
                    .add("id", "UUID", r -> r.entity().id().toString())
                    .text("storage", r -> r.control().storageOf(r.entity().id()))
                    .add(
                        "keys",
                        KEYS,
                        r -> r.entity().keys().stream().map(AccessColumns::lower).toList())
                    .add(
                        "durations",
                        "Array(UInt32)",
                        r -> r.entity().intervals().stream().map(Quota.Interval::seconds).toList()),
                Quota::to)
            .add("ipv4_prefix_bits", "Nullable(UInt8)", r -> bits(r.entity().ipv4PrefixBits()))
            .add("ipv6_prefix_bits", "Nullable(UInt8)", r -> bits(r.entity().ipv6PrefixBits())));
  }

  private static @org.jspecify.annotations.Nullable Integer bits(int bits) {
    return bits == 0 ? null : bits;
  }

  @Override
  protected String tableColumn() {
    return "name";
  }

  @Override
  protected Iterable<AccessColumns.Of<Quota>> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<AccessColumns.Of<Quota>> rows(QueryContext context, WantedNames names) {
    return AccessColumns.all(AccessEntityKind.QUOTA, Quota.class, context, names.tableRanges());
  }
}
