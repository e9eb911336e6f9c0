package io.longhouse.engine.tenancy;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.engine.table.Table;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterTable;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateTable;
import io.longhouse.sql.ast.Identifier;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.tenancy.IsolationModel;
import io.longhouse.tenancy.Rollout;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Carries a change of a space's tables to the tables of its tenants, from where it was left.
 *
 * <p>Before a table is altered, the record of the space gets a digest of its definition. Who finds
 * such a digest after a crash compares: another definition means that the step was done.
 */
final class RolloutRun {
  private static final int PAGE = 200;

  private final Tenancy tenancy;
  private final long space;
  private final QueryContext query;

  RolloutRun(Tenancy tenancy, long space, QueryContext query) {
    this.tenancy = tenancy;
    this.space = space;
    this.query = query;
  }

  /**
   * @throws LonghouseException ABORTED (236) when it is under way already, and whatever stops it
   */
  void run() {
    if (!tenancy.begin(space)) {
      throw new LonghouseException(
          ErrorCode.ABORTED, "The same change is being rolled out by another query");
    }
    try {
      switch (rollout().action()) {
        case AlterTenantSpace.AlterTable a -> alterTable(a);
        case AlterTenantSpace.AddTable a -> addTable(a);
        case AlterTenantSpace.DropTable d -> dropTable(d);
        default -> throw new IllegalStateException(rollout().toString());
      }
    } finally {
      tenancy.ended(space);
    }
  }

  private TenantSpace record() {
    return tenancy.update(space, s -> s);
  }

  private Rollout rollout() {
    return of(record());
  }

  private static Rollout of(TenantSpace s) {
    Rollout r = s.rollout();
    if (r == null) {
      throw new LonghouseException(ErrorCode.ABORTED, "The rollout was given up");
    }
    return r;
  }

  // ---- ALTER TABLE

  private void alterTable(AlterTenantSpace.AlterTable a) {
    TenantSpace.Table table = RolloutChecks.require(record(), a.table());
    if (!rollout().templateDone()) {
      Lock alone = tenancy.tables(record()).writeLock();
      alone.lock();
      try {
        template(a, table);
      } finally {
        alone.unlock();
      }
    }
    showProgress();
    eachTenant(t -> step(t.serial(), a, model(t).rowsOf(record(), t, table)));
    tenancy.update(space, s -> s.withRollout(null));
  }

  /** The space's own table; a change that it does not take at all is forgotten. */
  private void template(AlterTenantSpace.AlterTable a, TenantSpace.Table table) {
    try {
      step(0, a, table.identifier());
    } catch (LonghouseException e) {
      if (!rollout().before().isEmpty()) {
        throw stopped("Table " + table.identifier().name(), e);
      }
      tenancy.update(space, s -> s.withRollout(null));
      throw e;
    }
    long last = tenancy.store().nextSerial();
    tenancy.update(space, s -> s.withRollout(of(s).templateDone(last)));
  }

  /** Alters one table unless that was done already. */
  private void step(long tenant, AlterTenantSpace.AlterTable a, Identifier table) {
    Rollout r = rollout();
    String now = digest(table);
    boolean inDoubt = r.at() == tenant && !r.before().isEmpty();
    if (inDoubt && !r.before().equals(now)) {
      // The definition came first: what there was to do to the rows may have failed.
      Table changed = find(table);
      if (changed != null) {
        changed.finishAlters(query::checkStopped);
      }
      return;
    }
    tenancy.update(space, s -> s.withRollout(of(s).before(tenant, now)));
    try {
      OwnTablesWork.run(tenancy, List.of(new AlterTable(table, null, a.commands())));
    } catch (LonghouseException e) {
      if (digest(table).equals(now)) { // else who mends the table would seem to have done the step
        tenancy.update(space, s -> s.withRollout(of(s).before(tenant, "")));
      }
      throw e;
    }
  }

  private @Nullable Table find(Identifier table) {
    return tenancy.engine().catalog().find(table.parts().get(0), table.parts().get(1));
  }

  private String digest(Identifier table) {
    return digest(find(table));
  }

  /** Of a table's definition; null for a table that is not there. */
  static String digest(@Nullable Table t) {
    CreateStatement definition = t == null ? null : t.definition();
    String text = definition == null ? "" : Formatter.formatOneLine(definition);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- ADD TABLE, DROP TABLE

  /** Tenants get the table first; then the space has it, which is when members come to it. */
  private void addTable(AlterTenantSpace.AddTable a) {
    Identifier name = a.table().table();
    TenantSpace.Table table =
        new TenantSpace.Table(
            SpaceRunner.nextNumber(record()),
            String.valueOf(name.qualifier()),
            name.last(),
            a.table().key());
    showProgress();
    eachTenant(t -> remake(t, table));
    Lock alone = tenancy.tables(record()).writeLock();
    alone.lock();
    try {
      eachTenant(t -> remake(t, table));
      tenancy.update(
          space,
          s -> {
            List<TenantSpace.Table> all = new ArrayList<>(s.tables());
            all.add(table);
            return s.withTables(all).withRollout(null);
          });
    } finally {
      alone.unlock();
    }
  }

  /** Nobody has come to the table yet, so that one begun before a crash can go. */
  private void remake(Tenant t, TenantSpace.Table table) {
    TenantSpace s = record();
    List<Statement> statements = new ArrayList<>();
    List<Statement> making = model(t).table(s, t, table);
    if (of(s).at() == t.serial()) {
      statements.addAll(model(t).dropTable(s, t, table));
    } else {
      making.forEach(this::checkFree);
    }
    statements.addAll(making);
    tenancy.update(space, x -> x.withRollout(of(x).before(t.serial(), "made")));
    OwnTablesWork.run(tenancy, statements);
  }

  /** A table that a tenant has already is not one that was begun here: it must not go. */
  private void checkFree(Statement making) {
    if (making instanceof CreateTable c) {
      Identifier name = c.head().name();
      if (find(name) != null) {
        throw new LonghouseException(
            ErrorCode.TABLE_ALREADY_EXISTS, "Table " + name.name() + " already exists");
      }
    }
  }

  /** The space forgets the table first, so that no member comes to it any more. */
  private void dropTable(AlterTenantSpace.DropTable d) {
    Identifier name = d.table();
    TenantSpace before = record();
    var table = new TenantSpace.Table(1, String.valueOf(name.qualifier()), name.last(), "");
    Lock alone = tenancy.tables(before).writeLock();
    alone.lock();
    try {
      tenancy.update(
          space,
          s ->
              s.withTables(
                  s.tables().stream()
                      .filter(t ->
                          !t.database().equals(table.database()) || !t.name().equals(table.name()))
                      .toList()));
    } finally {
      alone.unlock();
    }
    showProgress();
    eachTenant(t -> OwnTablesWork.run(tenancy, model(t).dropTable(record(), t, table)));
    tenancy.update(space, s -> s.withRollout(null));
  }

  // ---- Tenants

  private static IsolationModel model(Tenant t) {
    return IsolationModel.of(t.isolation());
  }

  private interface Step {
    void at(Tenant tenant);
  }

  /** The tenants of the space that have tables of their own, in the order of serial numbers. */
  private final class Tenants implements Iterable<Tenant> {
    private final long after;
    private final long through;

    Tenants(long after, long through) {
      this.after = after;
      this.through = through;
    }

    @Override
    public java.util.Iterator<Tenant> iterator() {
      return new java.util.Iterator<>() {
        private List<Tenant> page = List.of();
        private int next;
        private long last = after;
        private boolean ended;

        @Override
        public boolean hasNext() {
          while (true) {
            while (next < page.size()) {
              Tenant t = page.get(next);
              if (t.serial() > through) {
                return false;
              }
              if (OwnTablesWork.has(t)) {
                return true;
              }
              next++;
            }
            if (ended) {
              return false;
            }
            page = tenancy.store().bySerial(space, last, PAGE);
            next = 0;
            ended = page.size() < PAGE;
            last = page.isEmpty() ? last : page.getLast().serial();
          }
        }

        @Override
        public Tenant next() {
          if (!hasNext()) {
            throw new java.util.NoSuchElementException();
          }
          return page.get(next++);
        }
      };
    }
  }

  /** Says how many tenants it is for and how many have it, which is counted once. */
  private void showProgress() {
    Rollout begun = rollout();
    if (begun.total() == 0) {
      long count = begun.finished();
      for (Tenant t : new Tenants(begun.done(), begun.through())) {
        count += t.state() == Tenant.State.ACTIVE ? 1 : 0;
      }
      long total = count;
      tenancy.update(space, s -> s.withRollout(of(s).ofTenants(total)));
    }
    query.progress().totalRowsToRead.add(rollout().total());
    query.progress().readRows.add(begun.finished());
  }

  private void eachTenant(Step step) {
    Rollout begun = rollout();
    for (Tenant t : new Tenants(begun.done(), begun.through())) {
      query.checkStopped();
      if (tenancy.isClosed()) {
        throw new LonghouseException(ErrorCode.ABORTED, "The server is shutting down");
      }
      one(t.serial(), step);
    }
  }

  private void one(long serial, Step step) {
    Lock shared = tenancy.tables(record()).readLock();
    shared.lock();
    try {
      Tenant tenant = tenancy.store().tenant(serial);
      if (tenant == null || tenant.state() != Tenant.State.ACTIVE) {
        return;
      }
      try {
        step.at(tenant);
      } catch (LonghouseException e) {
        throw stopped("Tenant " + Quoting.backQuoted(tenant.name()), e);
      }
      tenancy.update(space, s -> s.withRollout(of(s).advancedTo(serial)));
      query.progress().readRows.increment();
    } finally {
      shared.unlock();
    }
  }

  private LonghouseException stopped(String where, LonghouseException e) {
    String message = where + ": " + e.getMessage();
    TenantSpace s = tenancy.update(space, x -> x.withRollout(of(x).stopped(message)));
    Rollout r = of(s);
    return new LonghouseException(
        e.errorCode(),
        message
            + ". "
            + r.finished()
            + " of "
            + r.total()
            + " tenants have the change. The same statement goes on here, ALTER TENANT SPACE "
            + Quoting.identifier(s.name())
            + " CANCEL ROLLOUT gives it up",
        e);
  }
}
