package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code WATCH view EVENTS LIMIT n}. */
public record Watch(Identifier view, boolean events, @Nullable Expression limit)
    implements MaintenanceStatement {}
