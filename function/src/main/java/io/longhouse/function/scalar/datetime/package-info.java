/**
 * Dates and times. A column of moments is read chunk by chunk as local seconds or local days of its
 * zone ({@link io.longhouse.function.scalar.datetime.MomentOperand}), kernels work on those numbers
 * by the rules of {@link io.longhouse.column.type.Calendar}, and results go back through the zone.
 * No objects of java.time are made per row.
 */
@NullMarked
package io.longhouse.function.scalar.datetime;

import org.jspecify.annotations.NullMarked;
