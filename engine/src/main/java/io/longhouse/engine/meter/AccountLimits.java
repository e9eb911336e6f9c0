package io.longhouse.engine.meter;

import io.longhouse.engine.access.Account;

/** Limits of accounts that ClickHouse has no words for. Asked at the beginning of every INSERT. */
@FunctionalInterface
public interface AccountLimits {
  /** Nobody is limited. */
  AccountLimits NONE = _ -> Limits.NONE;

  /**
   * What an account may write; 0 for no limit.
   *
   * @param storageBytes on disk, in all of its tables together
   * @param insertedRowsPerSecond on average; a second's worth may come at once
   * @param insertedBytesPerSecond the same in bytes of memory
   * @param parts active ones with rows of the account, in all of its tables together
   */
  record Limits(
      long storageBytes, long insertedRowsPerSecond, long insertedBytesPerSecond, long parts) {
    public static final Limits NONE = new Limits(0, 0, 0, 0);

    public boolean isNone() {
      return equals(NONE);
    }
  }

  Limits find(Account account);
}
