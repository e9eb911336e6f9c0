/**
 * Execution. A plan becomes {@link io.longhouse.engine.exec.Stage}s that run one after the other; a
 * stage pulls blocks through {@link io.longhouse.engine.exec.Lane}s, one lane a task, and gives
 * them to a {@link io.longhouse.engine.exec.Sink} with state per lane. The {@link
 * io.longhouse.engine.exec.Scheduler} runs one step (one block) of a task at a time and shares its
 * threads fairly among queries. No step waits: a task that cannot go on is parked.
 */
@NullMarked
package io.longhouse.engine.exec;

import org.jspecify.annotations.NullMarked;
