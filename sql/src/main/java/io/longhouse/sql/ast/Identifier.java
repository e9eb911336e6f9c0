package io.longhouse.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A name of one or more parts: a column, a table, a database.
 *
 * @param parts the parts; an empty one stands for the next of {@code parameters}
 * @param parameters parts written as {@code {name:Identifier}}, in order
 */
public record Identifier(List<String> parts, List<QueryParameter> parameters)
    implements Expression {
  public Identifier {
    parts = List.copyOf(parts);
    parameters = List.copyOf(parameters);
  }

  public static Identifier of(String... parts) {
    return new Identifier(List.of(parts), List.of());
  }

  /** The parts joined by dots, unquoted. */
  public String name() {
    return parts.size() == 1 ? parts.getFirst() : String.join(".", parts);
  }

  public String last() {
    return parts.getLast();
  }

  /** Everything before the last part; null when there is only one. */
  public @Nullable String qualifier() {
    return parts.size() == 1 ? null : String.join(".", parts.subList(0, parts.size() - 1));
  }
}
