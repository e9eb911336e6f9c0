package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code name = value}.
 *
 * @param value a literal, a parameter, a call such as {@code disk(...)}; null stands for DEFAULT
 */
public record Setting(String name, @Nullable Expression value) {}
