/**
 * What every account uses: counted when a query ends (from the very numbers that go to {@code
 * system.query_log}) and when a merge or mutation ends, kept in memory for an hour and account, and
 * taken from there to {@code system.tenant_usage}.
 *
 * <p>Invariants: a count is in memory or handed to the disk, never both and never neither; nothing
 * here waits for a disk or another thread while a query ends.
 */
@NullMarked
package io.longhouse.engine.meter;

import org.jspecify.annotations.NullMarked;
