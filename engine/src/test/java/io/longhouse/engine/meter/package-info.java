/** Tests of what is counted for accounts. */
@NullMarked
package io.longhouse.engine.meter;

import org.jspecify.annotations.NullMarked;
