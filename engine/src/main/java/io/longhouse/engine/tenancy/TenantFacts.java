package io.longhouse.engine.tenancy;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.access.TenantsByName;
import io.longhouse.engine.catalog.Catalog;
import io.longhouse.engine.meter.AccountLimits;
import io.longhouse.engine.meter.TenantKeys;
import io.longhouse.engine.table.Table;
import io.longhouse.engine.table.TableId;
import io.longhouse.engine.workload.WorkloadSource;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.storage.index.TextRange;
import io.longhouse.tenancy.Compiler;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Limit;
import io.longhouse.tenancy.Names;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the scheduler, the meter and INSERT ask about tenants. Every answer is a look or two. */
public final class TenantFacts implements TenantKeys, AccountLimits, WorkloadSource {
  private static final String INFIX = "__";

  private final TenantStore store;
  private final Catalog catalog;
  private final Homes homes;

  TenantFacts(TenantStore store, Catalog catalog, Homes homes) {
    this.store = store;
    this.catalog = catalog;
    this.homes = homes;
  }

  /** A tenant with its space; null for an account that is none. */
  private Tenancy.@Nullable Found found(Account account) {
    TenantSpace space = account.isTenant() ? store.space(account.space()) : null;
    Tenant tenant = space == null ? null : store.tenant(space.serial(), account.tenant());
    return space == null || tenant == null ? null : new Tenancy.Found(space, tenant);
  }

  // ---- Workloads

  @Override
  public @Nullable CreateWorkload workload(String name) {
    Names.Owner owner = Names.ofWorkload(name);
    String tenant = owner == null ? null : owner.tenant();
    if (owner == null || tenant == null) {
      return null;
    }
    Tenancy.Found found = found(new Account(owner.space(), tenant));
    return found == null ? null : Compiler.workload(found.space(), found.tenant());
  }

  @Override
  public Stream<CreateWorkload> workloads(List<TextRange> names) {
    Stream<CreateWorkload> all = Stream.empty();
    for (TenantSpace space : store.spaces()) {
      List<TextRange> own = TextRange.behind(names, Names.workload(space.name(), ""));
      all = // flatMap would make all of a space at once
          Stream.concat(
              all, TenantsByName.stream(store, space, own).map(t -> Compiler.workload(space, t)));
    }
    return all;
  }

  // ---- Limits of writing

  @Override
  public Limits find(Account account) {
    Tenancy.Found found = found(account);
    if (found == null) {
      return Limits.NONE;
    }
    var limits = Compiler.effective(found.space(), found.tenant());
    return new Limits(
        (long) limits.get(Limit.MAX_STORAGE_BYTES, 0),
        (long) limits.get(Limit.MAX_INSERTED_ROWS_PER_SECOND, 0),
        (long) limits.get(Limit.MAX_INSERTED_BYTES_PER_SECOND, 0),
        (long) limits.get(Limit.MAX_PARTS, 0));
  }

  // ---- Whose rows are whose

  @Override
  public @Nullable Owner ownerOf(TableId table) {
    List<TenantSpace> spaces = store.spaces();
    if (spaces.isEmpty() || table.database().equals("system")) {
      return null;
    }
    for (TenantSpace s : spaces) {
      TenantSpace.Table shared = s.table(table.database(), table.name());
      if (shared != null) {
        return new Owner.ByKey(s.name(), shared.key());
      }
    }
    Tenant tenant = homes.tenant(table.database());
    for (int at = table.name().indexOf(INFIX);
        tenant == null && at >= 0;
        at = table.name().indexOf(INFIX, at + 1)) {
      tenant = homes.tenant(table.name().substring(at + INFIX.length()));
    }
    TenantSpace space = tenant == null ? null : store.space(tenant.space());
    return tenant == null || space == null
        ? null
        : new Owner.Whole(new Account(space.name(), tenant.name()));
  }

  @Override
  public Account accountOf(String space, String key) {
    TenantSpace s = store.space(space);
    Tenant tenant = s == null ? null : store.tenantById(s.serial(), key);
    return new Account(space, tenant == null ? "(key " + key + ")" : tenant.name());
  }

  @Override
  public @Nullable String keyOf(Account account) {
    Tenancy.Found found = found(account);
    return found == null ? null : found.tenant().idText();
  }

  @Override
  public List<TableId> tablesOf(Account account) {
    Tenancy.Found found = found(account);
    List<TableId> out = new ArrayList<>();
    if (found != null) {
      IsolationModel model = IsolationModel.of(found.tenant().isolation());
      for (TenantSpace.Table t : found.space().tables()) {
        Identifier rows = model.rowsOf(found.space(), found.tenant(), t);
        Table table = catalog.find(rows.parts().get(0), rows.parts().get(1));
        if (table != null) {
          out.add(table.id());
        }
      }
    }
    return out;
  }
}
