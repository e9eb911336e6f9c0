/**
 * Functions about a query rather than its values: types, columns, blocks, the server, the session;
 * and those that show numbers to people.
 */
@NullMarked
package io.longhouse.function.scalar.other;

import org.jspecify.annotations.NullMarked;
