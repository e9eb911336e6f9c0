/**
 * JSON in strings. {@link io.longhouse.function.scalar.json.JsonTape} checks a whole document and
 * notes where its values begin and end; the functions walk over these notes. The functions called
 * simpleJSON look for a name in the text without reading the document.
 */
@NullMarked
package io.longhouse.function.scalar.json;

import org.jspecify.annotations.NullMarked;
