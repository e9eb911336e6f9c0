package io.longhouse.sql.ast;

/** An argument of a {@link TypeName}. */
public sealed interface TypeArgument extends Node {
  /** {@code Array(UInt8)}. */
  record Type(TypeName type) implements TypeArgument {}

  /** {@code Tuple(a UInt8)}, {@code Nested(a UInt8)}, a typed path of {@code JSON(a.b UInt8)}. */
  record Element(String name, TypeName type) implements TypeArgument {}

  /** {@code FixedString(3)}, {@code DateTime('UTC')}. */
  record Value(Literal value) implements TypeArgument {}

  /** {@code Enum('a' = 1)}. */
  record EnumValue(String name, long value) implements TypeArgument {}

  /** {@code Dynamic(max_types = 5)}. */
  record Option(String name, Literal value) implements TypeArgument {}

  /** {@code AggregateFunction(quantiles(0.5, 0.9), UInt8)}: a function with parameters. */
  record Function(FunctionCall call) implements TypeArgument {}

  /** {@code JSON(SKIP a.b)}. */
  record SkipPath(Identifier path) implements TypeArgument {}

  /** {@code JSON(SKIP REGEXP 'a.*')}. */
  record SkipRegexp(String pattern) implements TypeArgument {}
}
