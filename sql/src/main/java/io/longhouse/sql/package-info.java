/** Text to syntax tree and back. Depends on nothing. */
@NullMarked
package io.longhouse.sql;

import org.jspecify.annotations.NullMarked;
