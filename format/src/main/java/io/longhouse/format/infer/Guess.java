package io.longhouse.format.infer;

import java.util.List;
import java.util.Map;

/** What a value or all values of a column so far can be. */
sealed interface Guess {
  Guess NOTHING = new Unknown(false);
  Guess NULL = new Unknown(true);

  /** Whether a NULL was among the values. */
  boolean nullable();

  /** The same with a NULL among them. */
  Guess orNull();

  enum Kind {
    BOOL,
    INT64,
    UINT64,
    FLOAT64,
    DATE,
    DATETIME,
    DATETIME64,
    STRING,
    DYNAMIC;

    boolean isInteger() {
      return this == INT64 || this == UINT64;
    }

    boolean isNumber() {
      return isInteger() || this == FLOAT64;
    }

    boolean isMoment() {
      return this == DATE || this == DATETIME || this == DATETIME64;
    }
  }

  static Guess of(Kind kind) {
    return new Scalar(kind, false);
  }

  /** No value yet that tells anything. */
  record Unknown(boolean nullable) implements Guess {
    @Override
    public Guess orNull() {
      return NULL;
    }
  }

  record Scalar(Kind kind, boolean nullable) implements Guess {
    @Override
    public Guess orNull() {
      return new Scalar(kind, true);
    }
  }

  record Many(Guess element, boolean nullable) implements Guess {
    @Override
    public Guess orNull() {
      return new Many(element, true);
    }
  }

  record Row(List<Guess> elements, boolean nullable) implements Guess {
    @Override
    public Guess orNull() {
      return new Row(elements, true);
    }
  }

  record MapOf(Guess key, Guess value, boolean nullable) implements Guess {
    @Override
    public Guess orNull() {
      return new MapOf(key, value, true);
    }
  }

  /** An object of JSON; fields in the order in which they were first seen. */
  record Fields(Map<String, Guess> fields, boolean nullable) implements Guess {
    @Override
    public Guess orNull() {
      return new Fields(fields, true);
    }
  }
}
