package io.longhouse.cluster.logging;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * One logger that writes to the platform's of the same name. What libraries tell for information is
 * for debugging here.
 */
final class PlatformLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient System.Logger to;

  PlatformLogger(String name) {
    this.name = name;
    this.to = System.getLogger(name);
  }

  @Override
  public boolean isTraceEnabled() {
    return to.isLoggable(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return to.isLoggable(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return to.isLoggable(Level.DEBUG);
  }

  @Override
  public boolean isWarnEnabled() {
    return to.isLoggable(Level.WARNING);
  }

  @Override
  public boolean isErrorEnabled() {
    return to.isLoggable(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      org.slf4j.event.Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    Level at =
        switch (level) {
          case TRACE -> Level.TRACE;
          case DEBUG, INFO -> Level.DEBUG;
          case WARN -> Level.WARNING;
          case ERROR -> Level.ERROR;
        };
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    if (thrown != null && at == Level.ERROR) {
      to.log(at, text, thrown);
    } else {
      // A lost connection is no reason to show where in a library it was noticed.
      to.log(at, thrown == null ? text : text + ": " + thrown);
    }
  }
}
