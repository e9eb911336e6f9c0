/** Input and output formats: blocks to bytes and back. */
@NullMarked
package io.longhouse.format;

import org.jspecify.annotations.NullMarked;
