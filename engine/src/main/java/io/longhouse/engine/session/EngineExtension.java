package io.longhouse.engine.session;

import java.util.Map;

/**
 * A module above the engine that is part of it where it is on the class path. Found through the
 * registry; {@link #open} is called before the engine loads its tables.
 */
public interface EngineExtension {
  /** What one engine has of the extension. */
  interface Opened extends AutoCloseable {
    /** What queries find in their context, by class. */
    Map<Class<?>, Object> services();

    /** Begins background work; called once, when the engine's tables are loaded. */
    default void start() {}

    /** Takes over a configuration that was read again. */
    default void reload(Map<String, String> configuration) {}

    /** Ends background work; tables are still there and are closed after it. */
    @Override
    void close();
  }

  Opened open(LocalEngine engine);
}
