package io.longhouse.sql.ast;

import java.util.List;

/** {@code (x, y) -> body}. */
public record Lambda(List<String> parameters, Expression body) implements Expression {
  public Lambda {
    parameters = List.copyOf(parameters);
  }
}
