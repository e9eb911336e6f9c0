/** The MergeTree family as tables of the engine; the data are the storage module's. */
@NullMarked
package io.longhouse.engine.table.mergetree;

import org.jspecify.annotations.NullMarked;
