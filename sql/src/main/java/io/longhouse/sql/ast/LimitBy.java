package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code LIMIT [offset,] limit BY keys}.
 *
 * @param all {@code BY ALL}
 */
public record LimitBy(
    @Nullable Expression limit, @Nullable Expression offset, List<Expression> keys, boolean all) {}
