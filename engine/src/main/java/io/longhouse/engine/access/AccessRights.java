package io.longhouse.engine.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Everything that is granted to somebody, and what of it may be granted on. Not safe for two
 * threads while it is changed; entities hold it unchanged.
 */
public final class AccessRights {
  private final AccessNode held;
  private final AccessNode grantable;

  public AccessRights() {
    this(new AccessNode(0, Privileges.NONE), new AccessNode(0, Privileges.NONE));
  }

  private AccessRights(AccessNode held, AccessNode grantable) {
    this.held = held;
    this.grantable = grantable;
  }

  /** Everything, with the right to grant it. */
  public static AccessRights everything() {
    var r = new AccessRights();
    r.grant(new GrantElement(Privileges.all(), List.of(), false, true, false));
    return r;
  }

  public AccessRights copy() {
    return new AccessRights(held.copy(), grantable.copy());
  }

  public void grant(GrantElement e) {
    change(held, e, true);
    if (e.grantOption()) {
      change(grantable, e, true);
    }
  }

  /** Takes privileges away, or with {@code grantOption} only the right to grant them. */
  public void revoke(GrantElement e) {
    if (!e.grantOption()) {
      change(held, e, false);
    }
    change(grantable, e, false);
  }

  private static void change(AccessNode root, GrantElement e, boolean grant) {
    List<AccessNode> way = new ArrayList<>();
    AccessNode node = root;
    way.add(node);
    int last = e.path().size() - 1;
    for (int i = 0; i < last; i++) {
      node = node.child(e.path().get(i), false);
      way.add(node);
    }
    if (last < 0) {
      if (grant) {
        node.grant(e.privileges());
      } else {
        node.revoke(e.privileges());
      }
      node.tidyAll();
      return;
    }
    String name = e.path().get(last);
    if (e.wildcard()) {
      node.changeBeginning(name, e.privileges(), grant);
      node.tidyAll();
    } else {
      AccessNode leaf = node.child(name, false);
      if (grant) {
        leaf.grant(e.privileges());
      } else {
        leaf.revoke(e.privileges());
      }
      leaf.tidyAll();
    }
    for (int i = way.size() - 1; i >= 0; i--) {
      way.get(i).tidy(e.path().get(i), e.wildcard() && i == last);
    }
  }

  /** Adds what another has. */
  void add(AccessRights other) {
    union(held, other.held.copy());
    union(grantable, other.grantable.copy());
  }

  private static void union(AccessNode into, AccessNode other) {
    merge(into, other, Privileges::plus);
    into.tidyAll();
  }

  /** Keeps what another has too. */
  void retain(AccessRights other) {
    merge(held, other.held.copy(), Privileges::and);
    held.tidyAll();
    merge(grantable, other.grantable.copy(), Privileges::and);
    grantable.tidyAll();
  }

  /** What is held here and not there. */
  AccessRights minus(AccessRights other) {
    AccessNode left = held.copy();
    merge(left, other.held.copy(), Privileges::minus);
    left.tidyAll();
    return new AccessRights(left, new AccessNode(0, Privileges.NONE));
  }

  /** What may be granted on, without the right to do so. */
  AccessRights grantableOnly() {
    return new AccessRights(grantable.copy(), new AccessNode(0, Privileges.NONE));
  }

  /** With what ClickHouse gives along with these rights. */
  AccessRights withImplied() {
    AccessRights r = copy();
    r.held.imply();
    return r;
  }

  /** Makes nodes in both trees so that they have the same names, then joins name by name. */
  private static void merge(
      AccessNode into, AccessNode other, BiFunction<Privileges, Privileges, Privileges> how) {
    for (String name : union(into.beginnings.keySet(), other.beginnings.keySet())) {
      into.child(name, true);
      other.child(name, true);
    }
    for (String name : union(into.children.keySet(), other.children.keySet())) {
      into.child(name, false);
      other.child(name, false);
    }
    into.children.forEach((name, c) -> merge(c, other.child(name, false), how));
    into.beginnings.forEach((name, c) -> merge(c, other.child(name, true), how));
    into.held = how.apply(into.held, other.held);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    Set<String> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  public boolean isGranted(GrantElement e) {
    AccessNode root = e.grantOption() ? grantable : held;
    return root.isGranted(e.privileges(), e.path(), 0, e.wildcard());
  }

  public boolean isGranted(Privilege p, String... path) {
    return held.isGranted(p.set(), List.of(path), 0, false);
  }

  /** Whether anything of this kind is granted on the name or on something below it. */
  boolean isGrantedBelow(Privilege p, String... path) {
    AccessNode node = held;
    for (int i = 0; i < path.length; i++) {
      if (i + 1 == path.length) {
        return node.most(path[i]).contains(p);
      }
      AccessNode next = node.children.get(path[i]);
      if (next == null) {
        return node.inherited(path[i], false).contains(p);
      }
      node = next;
    }
    return node.most().contains(p);
  }

  /** Which of these privileges are granted somewhere, though perhaps not where they are needed. */
  Privileges anywhere() {
    return held.most();
  }

  public boolean isEmpty() {
    return held.most().isEmpty();
  }

  /** What GRANT and REVOKE statements would have to say, in ClickHouse's order. */
  public List<GrantElement> elements() {
    List<GrantElement> out = new ArrayList<>();
    collect(held, grantable, Privileges.NONE, Privileges.NONE, List.of(), false, out);
    out.sort(ORDER);
    return out;
  }

  private static void collect(
      AccessNode node,
      AccessNode option,
      Privileges above,
      Privileges aboveOption,
      List<String> path,
      boolean wildcard,
      List<GrantElement> out) {
    Privileges here = Privileges.grantable(path.size());
    Privileges parent = above.and(here);
    Privileges parentOption = aboveOption.and(here);
    Privileges revokes = parent.minus(node.held);
    Privileges optionRevokes = parentOption.minus(option.held).minus(revokes);
    Privileges optionGrants = option.held.minus(parentOption);
    Privileges grants = node.held.minus(parent).minus(optionGrants);
    add(revokes, path, wildcard, false, true, out);
    add(optionRevokes, path, wildcard, true, true, out);
    add(grants, path, wildcard, false, false, out);
    add(optionGrants, path, wildcard, true, false, out);
    below(node, option, path, true, out);
    below(node, option, path, false, out);
  }

  private static void below(
      AccessNode node,
      AccessNode option,
      List<String> path,
      boolean wildcard,
      List<GrantElement> out) {
    Set<String> names =
        wildcard
            ? union(node.beginnings.keySet(), option.beginnings.keySet())
            : union(node.children.keySet(), option.children.keySet());
    for (String name : names) {
      List<String> next = new ArrayList<>(path);
      next.add(name);
      Privileges above = node.inherited(name, wildcard);
      Privileges aboveOption = option.inherited(name, wildcard);
      AccessNode own = wildcard ? node.beginnings.get(name) : node.children.get(name);
      AccessNode ownOption = wildcard ? option.beginnings.get(name) : option.children.get(name);
      collect(
          own == null ? new AccessNode(path.size() + 1, above) : own,
          ownOption == null ? new AccessNode(path.size() + 1, aboveOption) : ownOption,
          above,
          aboveOption,
          next,
          wildcard,
          out);
    }
  }

  private static void add(
      Privileges set,
      List<String> path,
      boolean wildcard,
      boolean option,
      boolean revoke,
      List<GrantElement> out) {
    if (!set.isEmpty()) {
      out.add(new GrantElement(set, path, wildcard, option, revoke));
    }
  }

  private static final Comparator<GrantElement> ORDER =
      Comparator.comparing(GrantElement::path, AccessRights::comparePaths)
          .thenComparing(GrantElement::partialRevoke)
          .thenComparing(GrantElement::grantOption)
          .thenComparing(GrantElement::privileges, Privileges::compareBytes);

  private static int comparePaths(List<String> a, List<String> b) {
    int n = Math.min(a.size(), b.size());
    for (int i = 0; i < n; i++) {
      int c = a.get(i).compareTo(b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
