/**
 * From rows of a client to rows of a table: columns left out, conversions, views, then the writer.
 */
@NullMarked
package io.longhouse.engine.insert;

import org.jspecify.annotations.NullMarked;
