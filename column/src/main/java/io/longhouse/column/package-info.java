@NullMarked
package io.longhouse.column;

import org.jspecify.annotations.NullMarked;
