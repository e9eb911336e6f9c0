package io.longhouse.sql.format;

import io.longhouse.sql.Quoting;

/** The text as it grows, with the indentation of the line that is next. */
final class Out {
  private final StringBuilder text = new StringBuilder();
  private final boolean oneLine;
  private int indent;
  private int arguments;
  private boolean bareCommands;

  Out(boolean oneLine) {
    this.oneLine = oneLine;
  }

  /** From now on the commands of ALTER stand without parentheses. */
  Out withBareCommands() {
    bareCommands = true;
    return this;
  }

  boolean hasBareCommands() {
    return bareCommands;
  }

  boolean oneLine() {
    return oneLine;
  }

  Out add(String s) {
    text.append(s);
    return this;
  }

  Out add(char c) {
    text.append(c);
    return this;
  }

  Out add(long n) {
    text.append(n);
    return this;
  }

  /** A line break and the indentation; a blank when all is on one line. */
  Out line() {
    return oneLine ? add(' ') : newLine();
  }

  /** A line break and the indentation; nothing when all is on one line. */
  Out lineOrNothing() {
    return oneLine ? this : newLine();
  }

  /** A line break without indentation; a blank when all is on one line. */
  Out lineFromStart() {
    return add(oneLine ? ' ' : '\n');
  }

  private Out newLine() {
    text.append('\n');
    return pad();
  }

  /** The indentation alone. */
  Out pad() {
    if (!oneLine) {
      for (int i = 0; i < indent; i++) {
        text.append("    ");
      }
    }
    return this;
  }

  Out indent() {
    indent++;
    return this;
  }

  Out outdent() {
    indent--;
    return this;
  }

  /** Notes that what follows stands among several arguments of a call, however deep. */
  void enterArguments() {
    arguments++;
  }

  void leaveArguments() {
    arguments--;
  }

  boolean isAmongArguments() {
    return arguments > 0;
  }

  /** An identifier, in back quotes when it needs them. */
  Out name(String name) {
    return add(Quoting.identifier(name));
  }

  /** An identifier in back quotes. */
  Out quoted(String name) {
    return add(Quoting.backQuoted(name));
  }

  /** A string literal. */
  Out string(String value) {
    Quoting.appendString(text, value);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
