/**
 * Finds the columns of data that nobody has described, as ClickHouse does: reads the first rows,
 * guesses a type for each value ({@link io.longhouse.format.infer.Guess}), joins the guesses of a
 * column, and makes a data type of what remains. {@link io.longhouse.format.infer.SchemaInference}
 * is the entrance; everything else serves it.
 *
 * <p>A guess says nothing about NULL but whether one was seen: which columns become Nullable is
 * decided at the end, by a setting.
 */
@NullMarked
package io.longhouse.format.infer;

import org.jspecify.annotations.NullMarked;
