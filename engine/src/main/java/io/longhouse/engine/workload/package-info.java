/**
 * Who works how much at once: workloads as {@code CREATE WORKLOAD} defines them, the accounts
 * within them, and what both may use of the engine's threads, memory and query slots.
 *
 * <p>A statement asks {@link io.longhouse.engine.workload.Workloads} for a {@link
 * io.longhouse.engine.workload.Claim}, takes a slot (waiting for one if need be), works, and closes
 * the claim. Definitions are kept by {@link io.longhouse.engine.workload.WorkloadStore}; those of
 * tenants are asked for by name from a {@link io.longhouse.engine.workload.WorkloadSource}, so that
 * what is in memory is what is at work.
 *
 * <p>Invariants: a limit on the number of queries is never exceeded, not for a moment; whoever
 * waits for a slot is let go in turn, or leaves by itself, and leaves nothing behind.
 */
@NullMarked
package io.longhouse.engine.workload;

import org.jspecify.annotations.NullMarked;
