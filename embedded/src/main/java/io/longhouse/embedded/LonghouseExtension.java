package io.longhouse.embedded;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A database for the tests of a class, in memory with ports, opened before the first and closed
 * after the last. With {@code @ExtendWith(LonghouseExtension.class)} tests take it as a parameter
 * of type {@link Longhouse}; with {@code @RegisterExtension static} they ask {@link #database}.
 * Before each test the database {@code default} is emptied.
 */
public final class LonghouseExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {
  private final Longhouse.Builder builder;
  private @Nullable Longhouse database;

  public LonghouseExtension() {
    this(Longhouse.builder().ports());
  }

  /** With a database as the builder says. */
  public LonghouseExtension(Longhouse.Builder builder) {
    this.builder = builder;
  }

  /**
   * @throws IllegalStateException outside the tests of the class
   */
  public Longhouse database() {
    if (database == null) {
      throw new IllegalStateException("the database is open only while the tests of the class run");
    }
    return database;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    database = builder.open();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    database().execute("DROP DATABASE IF EXISTS default SYNC");
    database().execute("CREATE DATABASE default");
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (database != null) {
      database.close();
      database = null;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Longhouse.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return database();
  }
}
