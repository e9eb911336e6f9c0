@NullMarked
package io.longhouse.engine.dictionary;

import org.jspecify.annotations.NullMarked;
