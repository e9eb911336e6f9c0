package io.longhouse.engine.tenancy;

import io.longhouse.engine.session.LocalEngine;
import io.longhouse.engine.statement.StatementContext;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of one engine and the work on them.
 *
 * <p>Locks, in the order in which they are taken: {@link #tables} of a space, read by who makes or
 * drops a tenant's own tables and written by who changes the tables of the space; then {@link
 * #records}, held only while records are compared and put.
 */
public final class Tenancy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Tenancy.class.getName());

  /** A tenant with its space. */
  record Found(TenantSpace space, Tenant tenant) {}

  private final LocalEngine engine;
  private final TenantStore store;
  private final TenantFacts facts;
  private final ReentrantLock records = new ReentrantLock();
  private final Map<Long, ReentrantReadWriteLock> tables = new ConcurrentHashMap<>();
  private final Set<Long> rolling = ConcurrentHashMap.newKeySet();
  private final List<Thread> resumed = new ArrayList<>();
  private volatile boolean closed;

  public Tenancy(LocalEngine engine) {
    this.engine = engine;
    this.store = engine.access().tenants();
    this.facts = new TenantFacts(store, engine.catalog(), new Homes(store));
  }

  /** What other parts of the engine ask about tenants. */
  public TenantFacts facts() {
    return facts;
  }

  static Tenancy of(StatementContext context) {
    return context.query().require(Tenancy.class);
  }

  LocalEngine engine() {
    return engine;
  }

  TenantStore store() {
    return store;
  }

  ReentrantReadWriteLock tables(TenantSpace space) {
    return tables.computeIfAbsent(space.serial(), _ -> new ReentrantReadWriteLock());
  }

  ReentrantLock records() {
    return records;
  }

  boolean isClosed() {
    return closed;
  }

  // ---- Finding

  /**
   * @throws LonghouseException ACCESS_ENTITY_NOT_FOUND (492)
   */
  TenantSpace space(String name) {
    TenantSpace space = store.space(name);
    if (space == null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_ENTITY_NOT_FOUND,
          "There is no tenant space " + Quoting.backQuoted(name));
    }
    return space;
  }

  /** The tenant of a name, in whatever space where none is named; null when there is none. */
  @Nullable Found find(String tenant, @Nullable String in) {
    List<TenantSpace> spaces = in == null ? store.spaces() : List.of(space(in));
    List<Found> found = new ArrayList<>();
    for (TenantSpace s : spaces) {
      Tenant t = store.tenant(s.serial(), tenant);
      if (t != null) {
        found.add(new Found(s, t));
      }
    }
    if (found.size() > 1) {
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          "Several spaces have a tenant "
              + Quoting.backQuoted(tenant)
              + ", say IN which: "
              + String.join(", ", found.stream().map(f -> f.space.name()).toList()));
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  /**
   * @throws LonghouseException ACCESS_ENTITY_NOT_FOUND (492), BAD_ARGUMENTS (36) when there are
   *     several
   */
  Found require(String tenant, @Nullable String in) {
    Found found = find(tenant, in);
    if (found == null) {
      throw new LonghouseException(
          ErrorCode.ACCESS_ENTITY_NOT_FOUND,
          "There is no tenant "
              + Quoting.backQuoted(tenant)
              + (in == null ? "" : " in space " + Quoting.backQuoted(in)));
    }
    return found;
  }

  /**
   * A tenant that is neither being made nor being dropped.
   *
   * @throws LonghouseException as {@link #require}, ABORTED (236)
   */
  Found requireActive(String tenant, @Nullable String in) {
    Found found = require(tenant, in);
    if (found.tenant.state() != Tenant.State.ACTIVE) {
      throw new LonghouseException(
          ErrorCode.ABORTED,
          "Tenant "
              + Quoting.backQuoted(tenant)
              + (found.tenant.state() == Tenant.State.CREATING
                  ? " is being created"
                  : " is being dropped"));
    }
    return found;
  }

  // ---- Changing

  /** Puts what {@code change} makes of a space's newest record. */
  TenantSpace update(long space, UnaryOperator<TenantSpace> change) {
    records.lock();
    try {
      TenantSpace old = store.space(space);
      if (old == null) {
        throw new LonghouseException(
            ErrorCode.ACCESS_ENTITY_NOT_FOUND, "The tenant space has been dropped");
      }
      TenantSpace changed = change.apply(old);
      store.put(changed);
      return changed;
    } finally {
      records.unlock();
    }
  }

  /** Notes that work on a tenant's tables begins, or that it is over. */
  void pending(long space, long tenant, boolean begins) {
    update(
        space,
        s -> {
          Set<Long> all = new HashSet<>(s.pending());
          if (begins) {
            all.add(tenant);
          } else {
            all.remove(tenant);
          }
          return s.withPending(List.copyOf(all));
        });
  }

  /** Whether this thread may now roll a change out; {@link #ended} must follow. */
  boolean begin(long space) {
    return rolling.add(space);
  }

  void ended(long space) {
    rolling.remove(space);
  }

  boolean isRolling(long space) {
    return rolling.contains(space);
  }

  // ---- Start and end

  /** Finishes or takes back what was under way when the engine ended; called once, at start. */
  public void recover() {
    for (TenantSpace space : store.spaces()) {
      for (long serial : space.pending()) {
        recover(space, serial);
      }
      if (space.rollout() != null && space.rollout().error().isEmpty()) {
        Thread thread =
            Thread.ofPlatform()
                .name("tenant-rollout " + space.name())
                .daemon()
                .start(() -> resume(space));
        resumed.add(thread);
      }
    }
  }

  private void recover(TenantSpace space, long serial) {
    Tenant tenant = store.tenant(serial);
    try {
      if (tenant != null) {
        switch (tenant.state()) {
          case CREATING -> OwnTablesWork.takeBack(this, space, tenant);
          case DROPPING -> OwnTablesWork.drop(this, space, tenant);
          case ACTIVE -> {}
        }
      }
      pending(space.serial(), serial, false);
    } catch (LonghouseException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          () -> "tenant " + serial + " of space " + space.name() + " cannot be tidied up",
          e);
    }
  }

  private void resume(TenantSpace space) {
    try {
      engine.internally(context -> new RolloutRun(this, space.serial(), context.query()).run());
    } catch (LonghouseException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "rollout of tenant space " + space.name() + " stopped: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread t : resumed) {
      try {
        t.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
