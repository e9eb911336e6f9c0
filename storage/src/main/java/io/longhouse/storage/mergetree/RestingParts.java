package io.longhouse.storage.mergetree;

import io.longhouse.storage.part.PartName;
import java.util.HashMap;
import java.util.Map;

/** Parts whose mutation failed: each is left alone for twice as long as the time before. */
final class RestingParts {
  private static final long REST_MS_FIRST = 1000;

  private final Map<PartName, Rest> parts = new HashMap<>();

  /** Until when a part is left alone, in milliseconds since 1970, and for how long. */
  private record Rest(long untilMs, long restMs) {}

  boolean contains(PartName part) {
    Rest rest = parts.get(part);
    return rest != null && rest.untilMs > System.currentTimeMillis();
  }

  /** Leaves a part alone; answers for how long, in milliseconds. */
  long add(PartName part, long restMsMax) {
    Rest before = parts.get(part);
    long rest =
        before == null
            ? REST_MS_FIRST
            : Math.min(Math.max(REST_MS_FIRST, restMsMax), before.restMs * 2);
    parts.put(part, new Rest(System.currentTimeMillis() + rest, rest));
    return rest;
  }

  void remove(PartName part) {
    parts.remove(part);
  }

  /** All may be tried again. */
  void clear() {
    parts.clear();
  }
}
