package io.longhouse.engine.system;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.access.TenantsByName;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.format.Formatter;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code system.tenants}; who may not show tenants sees the one it acts for. */
@Register(kind = SystemTable.class, name = "tenants", doc = "The tenants of all spaces.")
final class TenantsTable extends SystemTable<TenantsTable.Row> {
  /** A tenant with its space. */
  record Row(TenantSpace space, Tenant tenant) {}

  TenantsTable() {
    super(
        "tenants",
        new SystemColumns<Row>()
            .text("name", r -> r.tenant.name())
            .text("space", r -> r.space.name())
            .text("id", r -> r.tenant.idText())
            .text("isolation", r -> r.tenant.isolation().sql())
            .text(
                "database",
                r -> IsolationModel.of(r.tenant.isolation()).database(r.space, r.tenant))
            .text("role", r -> Names.tenantRole(r.space.name(), r.tenant.name()))
            .text("state", r -> r.tenant.state().name().toLowerCase(Locale.ROOT))
            .text("create_query", r -> Formatter.formatOneLine(r.tenant.statement(r.space))));
  }

  @Override
  protected String databaseColumn() {
    return "space";
  }

  @Override
  protected String tableColumn() {
    return "name";
  }

  @Override
  protected @Nullable Map<String, Long> counts(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    if (!access.isGranted(Privilege.SHOW_TENANTS)) {
      return null;
    }
    TenantStore store = access.control().tenants();
    return store.spaces().stream()
        .collect(Collectors.toMap(TenantSpace::name, s -> store.count(s.serial())));
  }

  @Override
  protected Iterable<Row> rows(QueryContext context) {
    return rows(context, WantedNames.ALL);
  }

  @Override
  protected Iterable<Row> rows(QueryContext context, WantedNames names) {
    SessionAccess access = context.require(SessionAccess.class);
    TenantStore store = access.control().tenants();
    if (access.isGranted(Privilege.SHOW_TENANTS)) {
      return () -> rows(store, names).iterator();
    }
    Account own = access.account();
    TenantSpace space = own.isTenant() ? store.space(own.space()) : null;
    Tenant tenant = space == null ? null : store.tenant(space.serial(), own.tenant());
    return space == null || tenant == null ? List.of() : List.of(new Row(space, tenant));
  }

  private static Stream<Row> rows(TenantStore store, WantedNames names) {
    Stream<Row> all = Stream.empty();
    for (TenantSpace space : store.spaces()) {
      if (names.databases().test(space.name())) {
        all = // flatMap would make all of a space at once
            Stream.concat(
                all,
                TenantsByName.stream(store, space, names.tableRanges())
                    .map(t -> new Row(space, t)));
      }
    }
    return all;
  }
}
