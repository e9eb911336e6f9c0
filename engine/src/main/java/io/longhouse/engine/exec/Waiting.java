package io.longhouse.engine.exec;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task's lane waits for in the current step: the task is then parked, so that neither a
 * thread nor its place is kept. A lane that has nothing calls {@link #on} and, when told to, yields
 * a block without rows; a step around it that asks again at once is told to wait by itself.
 */
public final class Waiting {
  /** Something that will be there later. */
  public interface Source {
    /**
     * Has {@code wakeUp} called, by any thread, when there is something.
     *
     * @return false when there is something now; then it is not called
     */
    boolean whenReady(Runnable wakeUp);
  }

  private static final ScopedValue<Waiting> CURRENT = ScopedValue.newInstance();

  private @Nullable Source source;

  /**
   * Says that there is nothing to yield yet.
   *
   * @return whether the task will be parked if the lane yields a block without rows now
   */
  public static boolean on(Source source) {
    if (!CURRENT.isBound() || CURRENT.get().source != null) {
      return false;
    }
    CURRENT.get().source = source;
    return true;
  }

  /** A step's work, during which its lane may wait. */
  <T> T during(Supplier<T> work) {
    source = null;
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /** Whether the step that has just ended has to wait; then {@code wakeUp} ends that. */
  boolean parks(Runnable wakeUp) {
    Source s = source;
    source = null;
    return s != null && s.whenReady(wakeUp);
  }
}
