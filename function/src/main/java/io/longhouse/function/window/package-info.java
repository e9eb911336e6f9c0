/**
 * Functions that exist only with OVER. A function sees all rows of the window step at once, sorted,
 * with the bounds of partitions, peers and frames in arrays ({@link
 * io.longhouse.function.window.WindowRows}), and answers one column. Aggregate functions over
 * frames are not here: the engine evaluates them.
 */
@NullMarked
package io.longhouse.function.window;

import org.jspecify.annotations.NullMarked;
