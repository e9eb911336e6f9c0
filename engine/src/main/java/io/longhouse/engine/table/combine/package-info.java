/** Tables that are made of others: Merge reads many, Buffer collects rows for one. */
@NullMarked
package io.longhouse.engine.table.combine;

import org.jspecify.annotations.NullMarked;
