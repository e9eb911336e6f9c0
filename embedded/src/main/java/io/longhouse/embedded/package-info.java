/** Longhouse in a JVM, with or without ports, and its JUnit extension. */
@NullMarked
package io.longhouse.embedded;

import org.jspecify.annotations.NullMarked;
