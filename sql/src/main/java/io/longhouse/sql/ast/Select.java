package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT. {@code DISTINCT ON}, {@code TOP} and {@code FETCH} are kept as the LIMITs they mean.
 *
 * @param projection the expressions behind SELECT
 * @param orderByAll {@code ORDER BY ALL}; {@code orderBy} then holds its direction only
 * @param limitBy {@code LIMIT n BY ...}
 */
public record Select(
    @Nullable With with,
    boolean distinct,
    List<Expression> projection,
    @Nullable From from,
    @Nullable Expression prewhere,
    @Nullable Expression where,
    @Nullable GroupBy groupBy,
    @Nullable Expression having,
    List<Window.Named> windows,
    @Nullable Expression qualify,
    List<OrderItem> orderBy,
    boolean orderByAll,
    @Nullable Interpolate interpolate,
    @Nullable LimitBy limitBy,
    @Nullable Limit limit,
    List<Setting> settings)
    implements Query {
  public Select {
    projection = List.copyOf(projection);
    windows = List.copyOf(windows);
    orderBy = List.copyOf(orderBy);
    settings = List.copyOf(settings);
  }

  /** The same with another WITH clause. */
  public Select with(With other) {
    return new Select(
        other,
        distinct,
        projection,
        from,
        prewhere,
        where,
        groupBy,
        having,
        windows,
        qualify,
        orderBy,
        orderByAll,
        interpolate,
        limitBy,
        limit,
        settings);
  }

  /** The same with another PREWHERE clause. */
  public Select withPrewhere(@Nullable Expression other) {
    return new Select(
        with,
        distinct,
        projection,
        from,
        other,
        where,
        groupBy,
        having,
        windows,
        qualify,
        orderBy,
        orderByAll,
        interpolate,
        limitBy,
        limit,
        settings);
  }

  /** {@code SELECT projection FROM from}. */
  public static Select of(List<Expression> projection, @Nullable From from) {
    return new Select(
        null,
        false,
        projection,
        from,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        List.of(),
        false,
        null,
        null,
        null,
        List.of());
  }
}
