package io.longhouse.function;

import org.jspecify.annotations.Nullable;

/** What functions may know of the server they run in; a service of {@link FunctionContext}. */
public interface ServerFacts {
  /** The port of the native protocol. */
  int tcpPort();

  /** The port of an interface by its key in the configuration; -1 where there is none. */
  int port(String key);

  /** The name that people gave the server. */
  String displayName();

  /** The value of a macro of the configuration, or null. */
  @Nullable String macro(String name);
}
