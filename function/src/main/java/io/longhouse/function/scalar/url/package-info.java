/**
 * Parts of URLs. Nothing is checked or decoded: each function looks for the delimiters it needs and
 * takes, or cuts out, the bytes between them.
 */
@NullMarked
package io.longhouse.function.scalar.url;

import org.jspecify.annotations.NullMarked;
