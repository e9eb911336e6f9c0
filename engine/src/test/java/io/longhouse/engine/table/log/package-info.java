@NullMarked
package io.longhouse.engine.table.log;

import org.jspecify.annotations.NullMarked;
