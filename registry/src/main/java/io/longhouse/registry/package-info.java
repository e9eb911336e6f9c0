/**
 * How Longhouse finds its functions, types, formats, codecs, engines and statements: {@link
 * io.longhouse.registry.Register} on a class makes the compiler write one line of data, {@link
 * io.longhouse.registry.Registry} reads those lines. Nothing is instantiated before a name is
 * looked up, and no list is kept by hand anywhere.
 */
@NullMarked
package io.longhouse.registry;

import org.jspecify.annotations.NullMarked;
