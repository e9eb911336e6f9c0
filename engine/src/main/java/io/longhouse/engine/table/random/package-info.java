/** Tables of random rows: {@code generateRandom} and {@code ENGINE = GenerateRandom}. */
@NullMarked
package io.longhouse.engine.table.random;

import org.jspecify.annotations.NullMarked;
