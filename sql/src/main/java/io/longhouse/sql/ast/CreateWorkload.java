package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code CREATE WORKLOAD}. */
public record CreateWorkload(
    boolean orReplace,
    boolean ifNotExists,
    String name,
    @Nullable String cluster,
    @Nullable String parent,
    List<WorkloadSetting> settings)
    implements CreateStatement {
  /** {@code name = value [FOR resource]}. */
  public record WorkloadSetting(String name, Expression value, @Nullable String resource) {}
}
