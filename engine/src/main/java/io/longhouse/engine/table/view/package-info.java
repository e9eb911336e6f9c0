/** Views and materialized views. */
@NullMarked
package io.longhouse.engine.table.view;

import org.jspecify.annotations.NullMarked;
