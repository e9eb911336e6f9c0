/**
 * What a query does, as a tree of relational steps whose names are resolved and whose expressions
 * are typed. {@link io.longhouse.engine.plan.Optimizer} rewrites it, {@link
 * io.longhouse.engine.exec.Pipelines} makes it run.
 */
@NullMarked
package io.longhouse.engine.plan;

import org.jspecify.annotations.NullMarked;
