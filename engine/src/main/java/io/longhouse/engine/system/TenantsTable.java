package io.longhouse.engine.system;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.Privilege;
import io.longhouse.engine.access.SessionAccess;
import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import io.longhouse.sql.format.Formatter;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/** {@code system.tenants}; who may not show tenants sees the one it acts for. */
@Register(kind = SystemTable.class, name = "tenants", doc = "The tenants of all spaces.")
final class TenantsTable extends SystemTable<TenantsTable.Row> {
  private static final int PAGE = 200;

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
  Iterable<Row> rows(QueryContext context) {
    SessionAccess access = context.require(SessionAccess.class);
    TenantStore store = access.control().tenants();
    if (access.isGranted(Privilege.SHOW_TENANTS)) {
      return () -> new Rows(store);
    }
    Account own = access.account();
    TenantSpace space = own.isTenant() ? store.space(own.space()) : null;
    Tenant tenant = space == null ? null : store.tenant(space.serial(), own.tenant());
    return space == null || tenant == null ? List.of() : List.of(new Row(space, tenant));
  }

  /** All tenants, a page at a time. */
  private static final class Rows implements Iterator<Row> {
    private final TenantStore store;
    private final Iterator<TenantSpace> spaces;
    private TenantSpace space;
    private List<Tenant> page = List.of();
    private int next;

    @SuppressWarnings("NullAway.Init")
    Rows(TenantStore store) {
      this.store = store;
      this.spaces = store.spaces().iterator();
    }

    @Override
    public boolean hasNext() {
      while (next == page.size()) {
        if (page.size() == PAGE) {
          page = store.byName(space.serial(), page.getLast().name(), PAGE);
        } else if (spaces.hasNext()) {
          space = spaces.next();
          page = store.byName(space.serial(), "", PAGE);
        } else {
          return false;
        }
        next = 0;
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return new Row(space, page.get(next++));
    }
  }
}
