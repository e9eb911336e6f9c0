/**
 * Databases and their tables. {@link io.longhouse.engine.catalog.Catalog} is the one place that
 * knows which there are; a {@link io.longhouse.engine.catalog.Database} decides how their
 * definitions are kept.
 */
@NullMarked
package io.longhouse.engine.catalog;

import org.jspecify.annotations.NullMarked;
