/** Functions over maps: arrays of key-value tuples whose keys may occur more than once. */
@NullMarked
package io.longhouse.function.scalar.map;

import org.jspecify.annotations.NullMarked;
