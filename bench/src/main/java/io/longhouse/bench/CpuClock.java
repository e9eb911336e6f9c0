package io.longhouse.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The CPU time of a process, all threads, in nanoseconds. The kernel counts it exactly; the figures
 * under {@code /proc} are rounded to ticks of 10 ms.
 */
final class CpuClock {
  private static final MethodHandle CLOCK_GETTIME =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

  private final int clock;

  CpuClock(long pid) {
    // What clock_getcpuclockid(3) makes of a process: its number inverted, and "scheduler time".
    clock = ~(int) pid << 3 | 2;
  }

  long nanoseconds() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(16, 8);
      int status = (int) CLOCK_GETTIME.invokeExact(clock, time);
      if (status != 0) {
        throw new IllegalStateException("the process has ended");
      }
      return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
          + time.get(ValueLayout.JAVA_LONG, 8);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
