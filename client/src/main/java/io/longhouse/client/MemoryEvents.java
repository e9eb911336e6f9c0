package io.longhouse.client;

import io.longhouse.column.Header;
import io.longhouse.column.Int64Column;
import io.longhouse.wire.NamedBlock;

/** Memory of a query, which servers tell as gauges among the profile events. */
final class MemoryEvents {
  private long peak;

  void take(NamedBlock block, Backend.Receiver receiver) {
    Header h = block.header();
    int name = h.indexOf("name");
    int value = h.indexOf("value");
    if (name < 0 || value < 0) {
      return;
    }
    long now = -1;
    for (int row = 0; row < block.block().rows(); row++) {
      String event = h.type(name).textOf(block.block().column(name), row);
      if (block.block().column(value).full() instanceof Int64Column v) {
        if (event.equals("MemoryTrackerUsage")) {
          now = v.values()[row];
        } else if (event.equals("MemoryTrackerPeakUsage")) {
          peak = Math.max(peak, v.values()[row]);
        }
      }
    }
    if (now >= 0) {
      peak = Math.max(peak, now);
      receiver.memory(now, peak);
    }
  }
}
