package io.longhouse.cluster.interserver;

import java.io.OutputStream;

/** An answer that a listener sends for {@link Interserver}. Nothing is sent before the body. */
public interface InterserverAnswer {
  void status(int code);

  void header(String name, String value);

  /** The body, to be written in large pieces. */
  OutputStream body();

  /** Whether the status can no longer be changed. */
  boolean isStarted();
}
