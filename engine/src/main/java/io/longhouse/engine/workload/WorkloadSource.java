package io.longhouse.engine.workload;

import io.longhouse.sql.ast.CreateWorkload;
import org.jspecify.annotations.Nullable;

/**
 * Workloads that nobody created by a statement of their own, such as tenants' ({@code
 * SPACE.TENANT}). They are asked for by name whenever a query wants one, by many threads at once,
 * and are listed nowhere.
 */
@FunctionalInterface
public interface WorkloadSource {
  /**
   * The workload's definition as it is now, or null when there is none of that name. One whose
   * parent does not exist stands beside the root.
   */
  @Nullable CreateWorkload workload(String name);
}
