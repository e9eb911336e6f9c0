package io.longhouse.engine.access;

import io.longhouse.storage.index.TextRange;
import io.longhouse.tenancy.Tenant;
import io.longhouse.tenancy.TenantSpace;
import io.longhouse.tenancy.TenantStore;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a space whose names are in some ranges, in the order of their names. No more than
 * a page of them is in memory, and records of others are not read but for the rest of a page.
 */
public final class TenantsByName implements Iterator<Tenant> {
  private static final int PAGE = 200;

  private final TenantStore store;
  private final long space;
  private final Iterator<TextRange> ranges;
  private final Queue<Tenant> found = new ArrayDeque<>();
  private @Nullable TextRange range;
  private String last = "";

  /** Grows: a range may have one tenant or all. */
  private int limit;

  private TenantsByName(TenantStore store, long space, List<TextRange> ranges) {
    this.store = store;
    this.space = space;
    this.ranges = ranges.iterator();
  }

  /**
   * @param ranges ascend and do not overlap
   */
  public static Stream<Tenant> stream(
      TenantStore store, TenantSpace space, List<TextRange> ranges) {
    var tenants = new TenantsByName(store, space.serial(), ranges);
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(tenants, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (found.isEmpty()) {
      TextRange now = range;
      if (now != null) {
        page(now);
      } else if (ranges.hasNext()) {
        begin(ranges.next());
      } else {
        return false;
      }
    }
    return true;
  }

  private void begin(TextRange next) {
    last = next.from();
    limit = PAGE / 16;
    range = next.isPoint() ? null : next;
    Tenant first = last.isEmpty() ? null : store.tenant(space, last);
    if (first != null) {
      found.add(first);
    }
  }

  private void page(TextRange of) {
    List<Tenant> page = store.byName(space, last, limit);
    for (Tenant t : page) {
      if (!of.contains(t.name())) {
        range = null;
        return;
      }
      found.add(t);
    }
    if (page.size() < limit) {
      range = null;
    } else {
      last = page.getLast().name();
      limit = Math.min(PAGE, 2 * limit);
    }
  }

  @Override
  public Tenant next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return found.remove();
  }
}
