package io.longhouse.engine.meter;

import io.longhouse.engine.access.Account;
import io.longhouse.engine.table.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose the rows of tables are: answered by what knows tenants. Asked for every part that is
 * written, so that an answer must not take long.
 */
public interface TenantKeys {
  /** There are no tenants. */
  TenantKeys NONE =
      new TenantKeys() {
        @Override
        public @Nullable Owner ownerOf(TableId table) {
          return null;
        }

        @Override
        public Account accountOf(String space, String key) {
          return new Account(space, key);
        }

        @Override
        public @Nullable String keyOf(Account account) {
          return null;
        }

        @Override
        public List<TableId> tablesOf(Account account) {
          return List.of();
        }
      };

  /** Whose rows a table has. */
  sealed interface Owner {
    /** All are one tenant's. */
    record Whole(Account account) implements Owner {}

    /** A column says whose a row is. */
    record ByKey(String space, String column) implements Owner {}
  }

  /** Null for a table that no tenant has a part in. */
  @Nullable Owner ownerOf(TableId table);

  /**
   * The tenant that has a key in a space; for a key that nobody has, an account that says so.
   *
   * @param key as the column's type writes it
   */
  Account accountOf(String space, String key);

  /** What stands in the key columns of a tenant's rows; null when the account is no tenant. */
  @Nullable String keyOf(Account account);

  /** Tables in which a tenant has rows: its own ones and those that it shares. */
  List<TableId> tablesOf(Account account);
}
