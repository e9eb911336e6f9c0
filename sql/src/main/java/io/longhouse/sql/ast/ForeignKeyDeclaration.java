package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code FOREIGN KEY ... REFERENCES ...}: parsed for compatibility and without effect. */
public record ForeignKeyDeclaration(@Nullable String name, List<String> columns) {}
