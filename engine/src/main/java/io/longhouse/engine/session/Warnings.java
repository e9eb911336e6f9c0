package io.longhouse.engine.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What an administrator should know of the server. Safe for many threads. */
public final class Warnings {
  private final Map<String, String> byTopic = new ConcurrentSkipListMap<>();

  /**
   * @param topic of which there is one warning at a time
   * @param message null when there is nothing to warn of any more
   */
  public void set(String topic, @Nullable String message) {
    if (message == null) {
      byTopic.remove(topic);
    } else {
      byTopic.put(topic, message);
    }
  }

  public List<String> all() {
    return List.copyOf(byTopic.values());
  }
}
