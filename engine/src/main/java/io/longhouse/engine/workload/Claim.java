package io.longhouse.engine.workload;

import io.longhouse.column.MemoryTracker;
import io.longhouse.engine.exec.Scheduler;
import io.longhouse.engine.settings.Settings;
import org.jspecify.annotations.Nullable;

/** What one query has of its workload's and account's share, until it is closed. */
public final class Claim implements AutoCloseable {
  private final Workloads workloads;
  private final Node account;
  private final String user;
  private final Scheduler.Group group;
  private final MemoryTracker memory;
  private QuerySlots.@Nullable Wish held;
  private long enteredNs;
  private boolean closed;

  Claim(
      Workloads workloads, Node account, String user, Scheduler.Group group, MemoryTracker memory) {
    this.workloads = workloads;
    this.account = account;
    this.user = user;
    this.group = group;
    this.memory = memory;
  }

  /** The query's claim to the threads. */
  public Scheduler.Group group() {
    return group;
  }

  /** The query's memory. */
  public MemoryTracker memory() {
    return memory;
  }

  /** How much memory the account has for its weight; whoever has most gives way first. */
  public double memoryLoad() {
    return account.memory.used() / workloads.weight(account);
  }

  /** Of accounts whose queries may have to end for want of memory, those of a higher one first. */
  public long precedence() {
    return workloads.precedence(account);
  }

  /**
   * Takes a slot for the query, waiting for it when it must.
   *
   * @param kind {@code Insert}, {@code Select} or another
   * @param free whether the limits do not count for it
   * @param check called now and then while it waits; what it throws ends the waiting
   * @return how long it waited, in nanoseconds
   * @throws io.longhouse.sql.LonghouseException TOO_MANY_SIMULTANEOUS_QUERIES (202)
   */
  public long enter(String kind, boolean free, Settings settings, Runnable check) {
    var wish =
        new QuerySlots.Wish(
            kind,
            free,
            settings.number("max_concurrent_queries_for_user"),
            settings.number("max_concurrent_queries_for_all_users"),
            settings.number("queue_max_wait_ms"));
    long waited = workloads.slots().enter(account, user, wish, check);
    held = wish;
    enteredNs = System.nanoTime();
    return waited;
  }

  /** Gives the slot and everything else back. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    QuerySlots.Wish wish = held;
    if (wish != null) {
      workloads.slots().leave(account, user, wish, System.nanoTime() - enteredNs);
    }
    memory.close();
    workloads.release(account, user);
  }
}
