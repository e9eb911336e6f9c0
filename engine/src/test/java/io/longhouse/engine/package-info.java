@NullMarked
package io.longhouse.engine;

import org.jspecify.annotations.NullMarked;
