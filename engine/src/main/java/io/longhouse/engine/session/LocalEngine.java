package io.longhouse.engine.session;

/** The engine of this process. */
final class LocalEngine {
  private LocalEngine() {}

  static Engine open(EngineConfig config) {
    throw new UnsupportedOperationException(config.toString());
  }
}
