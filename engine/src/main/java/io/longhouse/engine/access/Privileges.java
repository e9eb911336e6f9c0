package io.longhouse.engine.access;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A set of privileges without groups; one bit for each. */
public record Privileges(long a, long b, long c, long d) {
  public static final Privileges NONE = new Privileges(0, 0, 0, 0);

  /** Which privileges can be granted how narrowly. */
  private static final class Levels {
    static final Privileges ALL = ofLevels(Privilege.Level.values());
    static final Privileges DATABASE =
        ofLevels(
            Privilege.Level.DATABASE,
            Privilege.Level.TABLE,
            Privilege.Level.DICTIONARY,
            Privilege.Level.VIEW,
            Privilege.Level.COLUMN);
    static final Privileges TABLE =
        ofLevels(
            Privilege.Level.TABLE,
            Privilege.Level.DICTIONARY,
            Privilege.Level.VIEW,
            Privilege.Level.COLUMN);
    static final Privileges COLUMN = ofLevels(Privilege.Level.COLUMN);
    static final Privileges PARAMETER =
        ofLevels(
            Privilege.Level.NAMED_COLLECTION,
            Privilege.Level.USER_NAME,
            Privilege.Level.TABLE_ENGINE,
            Privilege.Level.DEFINER,
            Privilege.Level.SOURCE);

    private static Privileges ofLevels(Privilege.Level... levels) {
      Privileges set = NONE;
      for (Privilege p : Privilege.values()) {
        for (Privilege.Level level : levels) {
          if (p.level() == level && level != Privilege.Level.GROUP) {
            set = set.plus(single(p));
          }
        }
      }
      return set;
    }
  }

  static Privileges single(Privilege p) {
    long bit = 1L << (p.ordinal() & 63);
    return switch (p.ordinal() >> 6) {
      case 0 -> new Privileges(bit, 0, 0, 0);
      case 1 -> new Privileges(0, bit, 0, 0);
      case 2 -> new Privileges(0, 0, bit, 0);
      default -> new Privileges(0, 0, 0, bit);
    };
  }

  public static Privileges all() {
    return Levels.ALL;
  }

  /** What can be granted on a name of this depth: 0 everywhere, 1 database, 2 table, 3 column. */
  static Privileges grantable(int depth) {
    return switch (depth) {
      case 0 -> Levels.ALL;
      case 1 -> Levels.DATABASE.plus(Levels.PARAMETER);
      case 2 -> Levels.TABLE.plus(Privilege.READ.set()).plus(Privilege.WRITE.set());
      default -> Levels.COLUMN;
    };
  }

  static Privileges withParameter() {
    return Levels.PARAMETER;
  }

  static Privileges onDatabase() {
    return Levels.DATABASE;
  }

  static Privileges onTable() {
    return Levels.TABLE;
  }

  static Privileges onColumn() {
    return Levels.COLUMN;
  }

  public boolean isEmpty() {
    return (a | b | c | d) == 0;
  }

  public boolean contains(Privileges o) {
    return (o.a & ~a | o.b & ~b | o.c & ~c | o.d & ~d) == 0;
  }

  public boolean contains(Privilege p) {
    return contains(p.set());
  }

  public Privileges plus(Privileges o) {
    return new Privileges(a | o.a, b | o.b, c | o.c, d | o.d);
  }

  public Privileges and(Privileges o) {
    return new Privileges(a & o.a, b & o.b, c & o.c, d & o.d);
  }

  public Privileges minus(Privileges o) {
    return new Privileges(a & ~o.a, b & ~o.b, c & ~o.c, d & ~o.d);
  }

  /**
   * ClickHouse's order of sets: as the bytes of a number of which each privilege that is no group
   * is a bit, the first byte counting most.
   */
  int compareBytes(Privileges o) {
    int bit = 0;
    int mine = 0;
    int others = 0;
    for (Privilege p : Privilege.values()) {
      if (p.level() == Privilege.Level.GROUP) {
        continue;
      }
      mine |= contains(single(p)) ? 1 << bit : 0;
      others |= o.contains(single(p)) ? 1 << bit : 0;
      bit++;
      if (bit == 8) {
        if (mine != others) {
          return Integer.compare(mine, others);
        }
        bit = 0;
        mine = 0;
        others = 0;
      }
    }
    return Integer.compare(mine, others);
  }

  /** The shortest list of privileges and groups that stands for this set, in the tree's order. */
  List<Privilege> names() {
    List<Privilege> out = new ArrayList<>();
    names(Privilege.ALL, out);
    return out;
  }

  private void names(Privilege p, List<Privilege> out) {
    Privileges set = p.set();
    if (!set.isEmpty() && contains(set)) {
      out.add(p);
      return;
    }
    if (!and(set).isEmpty()) {
      p.children().forEach(child -> names(child, out));
    }
  }

  /** The set in parts that are granted on the same kind of name, those on tables first. */
  List<Privileges> byParameter() {
    Map<Privilege.Level, Privileges> parts = new EnumMap<>(Privilege.Level.class);
    List<Privileges> out = new ArrayList<>();
    Privileges plain = minus(Levels.PARAMETER);
    if (!plain.isEmpty()) {
      out.add(plain);
    }
    for (Privilege p : Privilege.values()) {
      if (p.level().hasParameter() && contains(single(p))) {
        parts.merge(p.level(), single(p), Privileges::plus);
      }
    }
    for (Privilege.Level level :
        List.of(
            Privilege.Level.SOURCE,
            Privilege.Level.TABLE_ENGINE,
            Privilege.Level.DEFINER,
            Privilege.Level.USER_NAME,
            Privilege.Level.NAMED_COLLECTION)) {
      Privileges part = parts.get(level);
      if (part != null) {
        out.add(part);
      }
    }
    return out;
  }

  boolean isOnParameter() {
    return !isEmpty() && Levels.PARAMETER.contains(this);
  }
}
