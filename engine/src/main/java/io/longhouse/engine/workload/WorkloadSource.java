package io.longhouse.engine.workload;

import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.storage.index.TextRange;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Workloads that nobody created by a statement of their own, such as tenants' ({@code
 * SPACE.TENANT}). They are asked for by name whenever a query wants one, by many threads at once.
 */
public interface WorkloadSource {
  /**
   * The workload's definition as it is now, or null when there is none of that name. One whose
   * parent does not exist stands beside the root.
   */
  @Nullable CreateWorkload workload(String name);

  /** Those with names in some ranges, made one after the other: there may be a million. */
  Stream<CreateWorkload> workloads(List<TextRange> names);
}
