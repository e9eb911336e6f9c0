package io.longhouse.engine.system;

import io.longhouse.engine.exec.QueryContext;
import io.longhouse.registry.Register;
import java.util.List;

/**
 * {@code system.stack_trace}: the platform threads of the process. A trace is an array of addresses
 * in ClickHouse; Java has none, so that {@code trace} is empty.
 */
@Register(kind = SystemTable.class, name = "stack_trace", doc = "The threads of the process.")
final class StackTraceTable extends SystemTable<Thread> {
  StackTraceTable() {
    super(
        "stack_trace",
        new SystemColumns<Thread>()
            .text("thread_name", Thread::getName)
            .number("thread_id", Thread::threadId)
            .empty("query_id", "String")
            .empty("trace", "Array(UInt64)")
            .empty("untracked_memory", "Int64"));
  }

  @Override
  protected Iterable<Thread> rows(QueryContext context) {
    return List.copyOf(Thread.getAllStackTraces().keySet());
  }
}
