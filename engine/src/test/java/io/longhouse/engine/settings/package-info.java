/** Proofs of settings. */
@NullMarked
package io.longhouse.engine.settings;

import org.jspecify.annotations.NullMarked;
