@NullMarked
package io.longhouse.engine.table.combine;

import org.jspecify.annotations.NullMarked;
