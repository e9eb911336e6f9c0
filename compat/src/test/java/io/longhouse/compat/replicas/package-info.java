/** Replicated tables of which a real ClickHouse 18.16 has one replica and we have another. */
@NullMarked
package io.longhouse.compat.replicas;

import org.jspecify.annotations.NullMarked;
