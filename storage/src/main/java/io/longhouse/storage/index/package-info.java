/**
 * What a query's condition says about keys, and which granules it leaves to be read.
 *
 * <p>Invariant: a granule is left out only if the condition is false or NULL for every row that its
 * marks allow it to have; whatever is not understood counts as possibly true.
 */
@NullMarked
package io.longhouse.storage.index;

import org.jspecify.annotations.NullMarked;
