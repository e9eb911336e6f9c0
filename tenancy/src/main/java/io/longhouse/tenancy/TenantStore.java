package io.longhouse.tenancy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where spaces and tenants are kept: up to a million tenants, so that nothing here costs more than
 * what it returns. Safe for many threads; a change is durable when the call returns, and then
 * listeners have been told.
 *
 * <p>Who changes several things that belong together (the statements about tenants) holds its own
 * lock; the store promises single changes only.
 */
public interface TenantStore extends AutoCloseable {
  /** Told of every change, in the thread that makes it. */
  interface Listener {
    /** Null for what is not there. */
    void spaceChanged(@Nullable TenantSpace before, @Nullable TenantSpace after);

    /** Null for what is not there. */
    void tenantChanged(@Nullable Tenant before, @Nullable Tenant after);
  }

  @Nullable TenantSpace space(String name);

  @Nullable TenantSpace space(long serial);

  /** All of them by name; there are few. */
  List<TenantSpace> spaces();

  @Nullable Tenant tenant(long serial);

  @Nullable Tenant tenant(long space, String name);

  /** By {@link Tenant#idText()}. */
  @Nullable Tenant tenantById(long space, String idText);

  /**
   * Tenants of a space in the order of their names (by UTF-8 bytes).
   *
   * @param after the last name that is known already; empty to begin
   */
  List<Tenant> byName(long space, String after, int limit);

  /**
   * Tenants of a space in the order of their serial numbers.
   *
   * @param after the last serial number that is known already; 0 to begin
   */
  List<Tenant> bySerial(long space, long after, int limit);

  long count(long space);

  /** A serial number that was never given out before, greater than all that were; from 1. */
  long nextSerial();

  /** Puts a space in the place of the one with its serial number, if there is one. */
  void put(TenantSpace space);

  /** Puts a tenant in the place of the one with its serial number, if there is one. */
  void put(Tenant tenant);

  /** Whether it was there. It has no tenants any more. */
  boolean removeSpace(long serial);

  /** Whether it was there. */
  boolean removeTenant(long serial);

  void listen(Listener listener);

  @Override
  default void close() {}
}
