/** Tables as the engine sees them: what can be read, written and changed, whatever stores it. */
@NullMarked
package io.longhouse.engine.table;

import org.jspecify.annotations.NullMarked;
