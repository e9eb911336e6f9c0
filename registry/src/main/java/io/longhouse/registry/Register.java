package io.longhouse.registry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a class into the registry of its {@link #kind} under a name that SQL uses.
 *
 * <p>The class needs a constructor without parameters, or one that takes the registered name as a
 * {@code String} when one class serves a family of names (then the annotation is repeated).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
@Repeatable(Register.List.class)
public @interface Register {
  /** The interface under which the class is looked up, for example a function factory. */
  Class<?> kind();

  /** The name as ClickHouse spells it. */
  String name();

  String[] aliases() default {};

  /** Whether the name and its aliases are found whatever their case, as ClickHouse declares it. */
  boolean caseInsensitive() default false;

  /** Whether only the aliases are found whatever their case, as most names of other databases. */
  boolean aliasesCaseInsensitive() default false;

  /** A word to group by in documentation, for example {@code Arithmetic}. */
  String category() default "";

  /** One or two sentences for {@code system.*} tables and the documentation pages. */
  String doc() default "";

  /** Holder of repeated annotations. */
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.SOURCE)
  @interface List {
    Register[] value();
  }
}
