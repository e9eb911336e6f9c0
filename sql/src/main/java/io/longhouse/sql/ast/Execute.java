package io.longhouse.sql.ast;

import java.util.List;

/** {@code EXECUTE name(arguments)}. */
public record Execute(String name, List<Expression> arguments) implements SessionStatement {}
