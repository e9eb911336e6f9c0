@NullMarked
package io.longhouse.engine.system;

import org.jspecify.annotations.NullMarked;
