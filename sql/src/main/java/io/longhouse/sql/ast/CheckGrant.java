package io.longhouse.sql.ast;

import java.util.List;

/** {@code CHECK GRANT}. */
public record CheckGrant(List<Grant.Privilege> privileges) implements AccessStatement {}
