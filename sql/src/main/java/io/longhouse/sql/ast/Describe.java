package io.longhouse.sql.ast;

import java.util.List;

/** {@code DESCRIBE}. */
public record Describe(TableExpression table, List<Setting> settings) implements ShowStatement {}
