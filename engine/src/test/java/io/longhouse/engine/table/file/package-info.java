@NullMarked
package io.longhouse.engine.table.file;

import org.jspecify.annotations.NullMarked;
