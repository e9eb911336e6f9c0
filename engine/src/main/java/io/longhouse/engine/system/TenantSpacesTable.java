package io.longhouse.engine.system;

import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.format.Formatter;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Rollout;
import io.longhouse.tenancy.TenantSpace;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code system.tenant_spaces}; who may not show tenants sees none. */
@Register(
    kind = SystemTable.class,
    name = "tenant_spaces",
    doc = "The tenant spaces, and how far changes of their tables have been rolled out.")
final class TenantSpacesTable extends SystemTable<TenantSpacesTable.Row> {
  /** A space and how many tenants it has. */
  record Row(TenantSpace space, long tenants) {
    @Nullable Object ofRollout(Function<Rollout, Object> value) {
      Rollout r = space.rollout();
      return r == null ? null : value.apply(r);
    }
  }

  TenantSpacesTable() {
    super(
        "tenant_spaces",
        new SystemColumns<Row>()
            .text("name", r -> r.space.name())
            .text("isolation", r -> r.space.isolation().sql())
            .text("database", r -> r.space.database())
            .add(
                "tables",
                "Array(String)",
                r -> r.space.tables().stream().map(TenantSpace.Table::name).toList())
            .add(
                "keys",
                "Array(String)",
                r -> r.space.tables().stream().map(TenantSpace.Table::key).toList())
            .number("tenants", Row::tenants)
            .text("role", r -> Names.spaceRole(r.space.name()))
            .text("setting", r -> Names.setting(r.space.name()))
            .text("comment", r -> r.space.comment())
            .add("rollout", "Nullable(String)", TenantSpacesTable::rollout)
            .add("rollout_total", "Nullable(UInt64)", r -> r.ofRollout(Rollout::total))
            .add("rollout_done", "Nullable(UInt64)", r -> r.ofRollout(Rollout::finished))
            .add("rollout_error", "Nullable(String)", r -> r.ofRollout(Rollout::error))
            .text("create_query", r -> Formatter.formatOneLine(r.space.statement())));
  }

  private static @Nullable Object rollout(Row r) {
    return r.ofRollout(x ->
        Formatter.formatOneLine(new AlterTenantSpace(false, r.space.name(), null, x.action())));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    var store = access.control().tenants();
    return access.isGranted(Privilege.SHOW_TENANTS)
        ? store.spaces().stream().map(s -> new Row(s, store.count(s.serial()))).toList()
        : List.of();
  }
}
