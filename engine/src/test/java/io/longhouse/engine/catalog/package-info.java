/** Proofs of what a start finds of databases and tables. */
@NullMarked
package io.longhouse.engine.catalog;

import org.jspecify.annotations.NullMarked;
