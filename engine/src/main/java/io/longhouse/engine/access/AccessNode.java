package io.longhouse.engine.access;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A name in the tree of rights: everywhere, a database, a table or a column, or a beginning of such
 * names. What it holds is what is granted there after all grants and revokes; names without a node
 * have what the longest beginning of them has, else what the node above has.
 */
final class AccessNode {
  final int depth;
  Privileges held;
  Map<String, AccessNode> children = Map.of();
  TreeMap<String, AccessNode> beginnings = new TreeMap<>();
  private @Nullable Privileges least;

  AccessNode(int depth, Privileges held) {
    this.depth = depth;
    this.held = held;
  }

  AccessNode copy() {
    var c = new AccessNode(depth, held);
    if (!children.isEmpty()) {
      c.children = new HashMap<>();
      children.forEach((name, child) -> c.children.put(name, child.copy()));
    }
    beginnings.forEach((name, child) -> c.beginnings.put(name, child.copy()));
    return c;
  }

  /** The node of a name, made if it is not there. */
  AccessNode child(String name, boolean wildcard) {
    least = null;
    AccessNode found = wildcard ? beginnings.get(name) : children.get(name);
    if (found == null) {
      found = new AccessNode(depth + 1, inherited(name, wildcard));
      if (wildcard) {
        beginnings.put(name, found);
      } else {
        if (children.isEmpty()) {
          children = new HashMap<>();
        }
        children.put(name, found);
      }
    }
    return found;
  }

  /** What a name has that has no node of its own. */
  Privileges inherited(String name, boolean wildcard) {
    return above(name, wildcard).held.and(Privileges.grantable(depth + 1));
  }

  /** The node that a name without one takes after. */
  private AccessNode above(String name, boolean wildcard) {
    if (beginnings.isEmpty()) {
      return this;
    }
    String key = wildcard ? beginnings.lowerKey(name) : beginnings.floorKey(name);
    while (key != null) {
      if (name.startsWith(key)) {
        AccessNode found = beginnings.get(key);
        return found == null ? this : found;
      }
      key = beginnings.lowerKey(commonBeginning(key, name) + Character.MIN_VALUE);
    }
    return this;
  }

  /** Names that begin alike but longer sort behind; the next candidate is what both share. */
  private static String commonBeginning(String a, String b) {
    int n = 0;
    while (n < a.length() && n < b.length() && a.charAt(n) == b.charAt(n)) {
      n++;
    }
    return a.substring(0, n);
  }

  void grant(Privileges set) {
    Privileges here = set.and(Privileges.grantable(depth));
    if (here.isEmpty()) {
      return;
    }
    least = null;
    held = held.plus(here);
    children.values().forEach(c -> c.grant(here));
    beginnings.values().forEach(c -> c.grant(here));
  }

  void revoke(Privileges set) {
    least = null;
    held = held.minus(set);
    children.values().forEach(c -> c.revoke(set));
    beginnings.values().forEach(c -> c.revoke(set));
  }

  /** Grants or revokes on the children whose names begin so, and on the beginning itself. */
  void changeBeginning(String beginning, Privileges set, boolean grant) {
    AccessNode own = child(beginning, true);
    if (grant) {
      own.grant(set);
    } else {
      own.revoke(set);
    }
    for (Map.Entry<String, AccessNode> e : children.entrySet()) {
      if (e.getKey().startsWith(beginning)) {
        change(e.getValue(), set, grant);
      }
    }
    for (Map.Entry<String, AccessNode> e : beginnings.tailMap(beginning, false).entrySet()) {
      if (!e.getKey().startsWith(beginning)) {
        break;
      }
      change(e.getValue(), set, grant);
    }
  }

  private static void change(AccessNode node, Privileges set, boolean grant) {
    if (grant) {
      node.grant(set);
    } else {
      node.revoke(set);
    }
  }

  /** Forgets the node of a name when it says what it would say without it. */
  void tidy(String name, boolean wildcard) {
    AccessNode node = wildcard ? beginnings.get(name) : children.get(name);
    if (node != null
        && node.children.isEmpty()
        && node.beginnings.isEmpty()
        && node.held.equals(inherited(name, wildcard))) {
      if (wildcard) {
        beginnings.remove(name);
      } else {
        children.remove(name);
      }
    }
  }

  /** Forgets all nodes below that say nothing of their own. */
  void tidyAll() {
    least = null;
    for (AccessNode c : children.values()) {
      c.tidyAll();
    }
    for (AccessNode c : beginnings.values()) {
      c.tidyAll();
    }
    for (String name : beginnings.descendingMap().keySet().toArray(String[]::new)) {
      tidy(name, true);
    }
    for (String name : children.keySet().toArray(String[]::new)) {
      tidy(name, false);
    }
  }

  boolean isGranted(Privileges set, java.util.List<String> path, int at, boolean wildcard) {
    if (at == path.size()) {
      return least().contains(set);
    }
    String name = path.get(at);
    boolean last = at + 1 == path.size();
    AccessNode next = last && wildcard ? beginnings.get(name) : children.get(name);
    if (next != null) {
      return next.isGranted(set, path, at + 1, wildcard);
    }
    return inheritedDown(set, name, last && wildcard, path.size() - at);
  }

  /** A name without a node has no children either: what it inherits holds for all below. */
  private boolean inheritedDown(Privileges set, String name, boolean wildcard, int levels) {
    Privileges has = inherited(name, wildcard);
    for (int i = 2; i <= levels; i++) {
      has = has.and(Privileges.grantable(depth + i));
    }
    if (!has.contains(set)) {
      return false;
    }
    if (!wildcard) {
      return true;
    }
    return allBelow(name, set);
  }

  private boolean allBelow(String beginning, Privileges set) {
    for (Map.Entry<String, AccessNode> e : children.entrySet()) {
      if (e.getKey().startsWith(beginning) && !e.getValue().least().contains(set)) {
        return false;
      }
    }
    for (Map.Entry<String, AccessNode> e : beginnings.tailMap(beginning, true).entrySet()) {
      if (!e.getKey().startsWith(beginning)) {
        break;
      }
      if (!e.getValue().least().contains(set)) {
        return false;
      }
    }
    return true;
  }

  /** What is granted here and on everything below. */
  private Privileges least() {
    Privileges known = least;
    if (known != null) {
      return known;
    }
    Privileges low = held;
    Privileges onlyHere = Privileges.grantable(depth).minus(Privileges.grantable(depth + 1));
    for (AccessNode c : children.values()) {
      low = low.and(c.least().plus(onlyHere));
    }
    for (AccessNode c : beginnings.values()) {
      low = low.and(c.least().plus(onlyHere));
    }
    least = low;
    return low;
  }

  /** What is granted here or on anything below. */
  Privileges most() {
    Privileges high = held;
    for (AccessNode c : children.values()) {
      high = high.plus(c.most());
    }
    for (AccessNode c : beginnings.values()) {
      high = high.plus(c.most());
    }
    return high;
  }

  /** What is granted on a name or on anything below it. */
  Privileges most(String name) {
    AccessNode c = children.get(name);
    return c == null ? inherited(name, false) : c.most();
  }

  /** Adds what follows from what is held: who may read a column may know that it is there. */
  void imply() {
    children.values().forEach(AccessNode::imply);
    beginnings.values().forEach(AccessNode::imply);
    least = null;
    held = Implied.of(held, most(), depth).and(Privileges.grantable(depth));
  }
}
