package io.longhouse.column;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where work of some milliseconds takes its turn among that of others. Whoever shares processors
 * out binds a {@link Place} around what it has done; code below says what is worth a turn and need
 * not know whose it is. Where nothing is bound work is done at once.
 */
public final class Turns {
  /** Work on fewer rows is not worth a turn. */
  public static final int ROWS_MIN = 1 << 13;

  /** Those who wait for their turn together. */
  public interface Place {
    /** Does work when its turn has come; perhaps on another thread, while the caller waits. */
    <T extends @Nullable Object> T take(Supplier<T> work);

    /** Called now and then within the work: others may have their turn in between. */
    void between();

    /** Told how long work took, in nanoseconds, that was not worth a turn. */
    default void spent(long ns) {}
  }

  private static final ScopedValue<Place> HERE = ScopedValue.newInstance();

  private Turns() {}

  /** Does something within which work takes its turns at that place; null for no turns. */
  public static <T extends @Nullable Object> T in(@Nullable Place place, Supplier<T> work) {
    return place == null ? work.get() : ScopedValue.where(HERE, place).call(work::get);
  }

  /** The place that is bound. */
  public static @Nullable Place here() {
    return HERE.isBound() ? HERE.get() : null;
  }

  /** Does work when its turn has come. It must not wait for anything but its own files. */
  public static <T extends @Nullable Object> T take(Supplier<T> work) {
    return HERE.isBound() ? HERE.get().take(work) : work.get();
  }

  /** The same for work on so many rows, at once where these are few. */
  public static <T extends @Nullable Object> T take(long rows, Supplier<T> work) {
    if (rows >= ROWS_MIN) {
      return take(work);
    }
    long start = System.nanoTime();
    T result = work.get();
    if (HERE.isBound()) {
      HERE.get().spent(System.nanoTime() - start);
    }
    return result;
  }

  /** Lets others have their turn in between. */
  public static void between() {
    if (HERE.isBound()) {
      HERE.get().between();
    }
  }
}
