/**
 * Tables spread over servers, against the same rows in one table: queries must not tell the
 * difference.
 */
@NullMarked
package io.longhouse.compat.shards;

import org.jspecify.annotations.NullMarked;
