/** Settings by name: their types, defaults and documentation come from one table. */
@NullMarked
package io.longhouse.engine.settings;

import org.jspecify.annotations.NullMarked;
