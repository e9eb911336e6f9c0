package io.longhouse.sql.ast;

import java.util.List;

/** {@code [LEFT] ARRAY JOIN}. */
public record ArrayJoin(boolean left, List<Expression> expressions) implements From.Step {}
