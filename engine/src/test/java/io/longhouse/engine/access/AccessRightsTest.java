package io.longhouse.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tree of rights against a model that notes every single column. */
class AccessRightsTest {
  /** Names with a tilde are in no statement: they stand for all others that begin so. */
  private static final List<String> DATABASES =
      List.of("a", "ab", "abc", "b", "~", "a~", "ab~", "abc~", "b~");

  private static final List<String> TABLES = List.of("t", "tx", "u", "~", "t~", "tx~", "u~");
  private static final List<String> COLUMNS = List.of("c", "d", "~");
  private static final List<Privilege> PRIVILEGES =
      List.of(Privilege.SELECT, Privilege.INSERT, Privilege.ALTER_UPDATE);

  private final Map<String, Boolean> model = new HashMap<>();
  private AccessRights rights = new AccessRights();

  private static boolean matches(List<String> path, boolean wildcard, String... leaf) {
    for (int i = 0; i < path.size(); i++) {
      boolean begins = wildcard && i + 1 == path.size();
      if (begins ? !leaf[i].startsWith(path.get(i)) : !leaf[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void change(Privilege p, List<String> path, boolean wildcard, boolean grant) {
    var e = new GrantElement(p.set(), path, wildcard, false, false);
    if (grant) {
      rights.grant(e);
    } else {
      rights.revoke(e);
    }
    for (String d : DATABASES) {
      for (String t : TABLES) {
        for (String c : COLUMNS) {
          if (matches(path, wildcard, d, t, c)) {
            model.put(p + d + "." + t + "." + c, grant);
          }
        }
      }
    }
  }

  private void check(AccessRights of, String when) {
    for (Privilege p : PRIVILEGES) {
      boolean everything = true;
      for (String d : DATABASES) {
        boolean database = true;
        for (String t : TABLES) {
          boolean table = true;
          for (String c : COLUMNS) {
            boolean column = model.getOrDefault(p + d + "." + t + "." + c, false);
            assertThat(of.isGranted(p, d, t, c))
                .as("%s %s %s.%s.%s", when, p, d, t, c)
                .isEqualTo(column);
            table &= column;
          }
          assertThat(of.isGranted(p, d, t)).as("%s %s %s.%s", when, p, d, t).isEqualTo(table);
          database &= table;
        }
        assertThat(of.isGranted(p, d)).as("%s %s %s", when, p, d).isEqualTo(database);
        everything &= database;
      }
      assertThat(of.isGranted(p)).as("%s %s", when, p).isEqualTo(everything);
    }
  }

  @Test
  void grantsAndRevokesMeanWhatTheModelSays() {
    for (long seed = 1; seed <= 100; seed++) {
      var random = new Random(seed);
      model.clear();
      rights = new AccessRights();
      var log = new StringBuilder("seed " + seed);
      for (int i = 0; i < 25; i++) {
        List<String> path = new ArrayList<>();
        int depth = random.nextInt(4);
        if (depth > 0) {
          path.add(DATABASES.get(random.nextInt(4)));
        }
        if (depth > 1) {
          path.add(TABLES.get(random.nextInt(3)));
        }
        if (depth > 2) {
          path.add(COLUMNS.get(random.nextInt(COLUMNS.size() - 1)));
        }
        boolean wildcard = depth > 0 && depth < 3 && random.nextInt(3) == 0;
        boolean grant = random.nextInt(3) > 0;
        Privilege p = PRIVILEGES.get(random.nextInt(PRIVILEGES.size()));
        log.append(grant ? "; +" : "; -").append(p).append(path).append(wildcard ? "*" : "");
        change(p, path, wildcard, grant);
        check(rights, log.toString());
      }
      var again = new AccessRights();
      for (GrantElement e : rights.elements()) {
        if (e.partialRevoke()) {
          again.revoke(e);
        } else {
          again.grant(e);
        }
      }
      check(again, "from its own text: " + log);
      assertThat(again.elements()).isEqualTo(rights.elements());
    }
  }

  @Test
  void unionAndIntersectionAreThoseOfTheirColumns() {
    for (long seed = 1; seed <= 200; seed++) {
      var random = new Random(seed);
      AccessRights a = some(random);
      AccessRights b = some(random);
      AccessRights both = a.copy();
      both.add(b);
      AccessRights common = a.copy();
      common.retain(b);
      AccessRights rest = a.minus(b);
      for (Privilege p : PRIVILEGES) {
        for (String d : DATABASES) {
          for (String t : TABLES) {
            for (String c : COLUMNS) {
              boolean inA = a.isGranted(p, d, t, c);
              boolean inB = b.isGranted(p, d, t, c);
              assertThat(both.isGranted(p, d, t, c)).as("seed %d", seed).isEqualTo(inA || inB);
              assertThat(common.isGranted(p, d, t, c)).as("seed %d", seed).isEqualTo(inA && inB);
              assertThat(rest.isGranted(p, d, t, c)).as("seed %d", seed).isEqualTo(inA && !inB);
            }
          }
        }
      }
    }
  }

  private AccessRights some(Random random) {
    rights = new AccessRights();
    for (int i = 0; i < 8; i++) {
      List<String> path = new ArrayList<>();
      path.add(DATABASES.get(random.nextInt(4)));
      if (random.nextBoolean()) {
        path.add(TABLES.get(random.nextInt(3)));
      }
      Privilege p = PRIVILEGES.get(random.nextInt(PRIVILEGES.size()));
      change(p, path, random.nextInt(3) == 0, random.nextInt(4) > 0);
    }
    return rights;
  }
}
