package io.longhouse.engine.workload;

import io.longhouse.engine.catalog.FileNames;
import io.longhouse.engine.catalog.MetadataFiles;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.CreateResource;
import io.longhouse.sql.ast.CreateStatement;
import io.longhouse.sql.ast.CreateWorkload;
import io.longhouse.sql.ast.CreateWorkload.WorkloadSetting;
import io.longhouse.sql.ast.DropObject;
import io.longhouse.sql.ast.ParsedStatement;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The workloads and resources that were created, which share one space of names. On disk each is a
 * file {@code workload_NAME.sql} or {@code resource_NAME.sql} with its CREATE statement. Safe for
 * many threads.
 *
 * <p>Invariants: what a definition refers to exists; there is one workload without a parent, if
 * any; a kind of use (threads, queries, memory) has one resource at most.
 */
public final class WorkloadStore {
  private static final String SUFFIX = ".sql";

  private final @Nullable Path folder;
  private volatile Map<String, CreateStatement> entities = Map.of();
  private volatile Set<String> parents = Set.of();

  /**
   * @param folder where definitions are kept; null for nowhere
   */
  public WorkloadStore(@Nullable Path folder) {
    this.folder = folder;
    if (folder != null) {
      var read = new TreeMap<String, CreateStatement>();
      for (Path file : MetadataFiles.list(folder, SUFFIX)) {
        ParsedStatement parsed = Parser.parseStatement(MetadataFiles.read(file));
        switch (parsed.statement()) {
          case CreateWorkload w -> read.put(w.name(), w);
          case CreateResource r -> read.put(r.name(), r);
          default ->
              throw new LonghouseException(
                  ErrorCode.INCORRECT_QUERY, "Expected CREATE WORKLOAD or RESOURCE in " + file);
        }
      }
      set(read);
    }
  }

  private void set(Map<String, CreateStatement> all) {
    entities = all;
    parents =
        workloads().stream()
            .map(CreateWorkload::parent)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether other workloads stand in this one, so that no query may. */
  public boolean hasChildren(String workload) {
    return parents.contains(workload);
  }

  public @Nullable CreateWorkload workload(String name) {
    return entities.get(name) instanceof CreateWorkload w ? w : null;
  }

  public List<CreateWorkload> workloads() {
    return all(CreateWorkload.class);
  }

  public List<CreateResource> resources() {
    return all(CreateResource.class);
  }

  private <T> List<T> all(Class<T> kind) {
    return entities.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The name of the resource of that use, such as {@code WORKER THREAD}; null for none. */
  public @Nullable String resourceOf(String... uses) {
    for (String use : uses) {
      for (CreateResource r : resources()) {
        if (r.operations().stream().anyMatch(o -> o.words().equals(use))) {
          return r.name();
        }
      }
    }
    return null;
  }

  private static LonghouseException bad(String message) {
    return new LonghouseException(ErrorCode.BAD_ARGUMENTS, message);
  }

  private static LonghouseException bad(String name, String what) {
    return bad("Workload entity '" + name + "' " + what);
  }

  /** Answers whether anything has changed. */
  public synchronized boolean create(CreateWorkload w) {
    CreateStatement before = entities.get(w.name());
    if (before != null && !w.orReplace()) {
      return exists(w.name(), w.ifNotExists());
    }
    if (before instanceof CreateResource) {
      throw bad(w.name(), "already exists, but it is not a workload.");
    }
    checkParent(w, (CreateWorkload) before);
    for (WorkloadSetting s : w.settings()) {
      String resource = s.resource();
      if (resource != null && !(entities.get(resource) instanceof CreateResource)) {
        throw entities.containsKey(resource)
            ? bad(
                "Workload settings should reference resource in FOR clause, not '"
                    + resource
                    + "'.")
            : missing(w.name(), resource);
      }
    }
    WorkloadSettings.of(w, null);
    resources().forEach(r -> WorkloadSettings.of(w, r.name()));
    put(
        w.name(),
        new CreateWorkload(false, false, w.name(), null, w.parent(), w.settings()),
        "workload_");
    return true;
  }

  private static boolean exists(String name, boolean ifNotExists) {
    if (ifNotExists) {
      return false;
    }
    throw bad(name, "already exists.");
  }

  private static LonghouseException missing(String name, String referred) {
    return bad(name, "references another workload entity '" + referred + "' that doesn't exist.");
  }

  private void checkParent(CreateWorkload w, @Nullable CreateWorkload before) {
    String parent = w.parent();
    if (parent == null) {
      String root =
          workloads().stream()
              .filter(o -> o.parent() == null)
              .map(CreateWorkload::name)
              .findAny()
              .orElse(w.name());
      if (!root.equals(w.name())) {
        throw bad(
            "The second root is not allowed. You should probably add 'PARENT "
                + root
                + "' clause.");
      }
      return;
    }
    if (before != null && before.parent() == null) {
      throw bad("It is not allowed to remove root workload.");
    }
    if (!(entities.get(parent) instanceof CreateWorkload)) {
      throw entities.containsKey(parent)
          ? bad("Workload parent should reference another workload, not '" + parent + "'.")
          : missing(w.name(), parent);
    }
    for (String p = parent; p != null; p = Objects.requireNonNull(workload(p)).parent()) {
      if (p.equals(w.name())) {
        throw bad("Workload entity cycles are not allowed.");
      }
    }
  }

  /** Answers whether anything has changed. */
  public synchronized boolean create(CreateResource r) {
    CreateStatement before = entities.get(r.name());
    if (before instanceof CreateWorkload && r.orReplace()) {
      throw bad(r.name(), "already exists, but it is not a resource.");
    }
    if (before != null && !r.orReplace()) {
      return exists(r.name(), r.ifNotExists());
    }
    for (CreateResource.Operation o : r.operations()) {
      if (o.words().contains("DISK")) {
        throw new LonghouseException(
            ErrorCode.NOT_IMPLEMENTED,
            "A resource of " + o.words() + " is not implemented: disks are not shared out");
      }
      String other = resourceOf(o.words());
      if (other != null && !other.equals(r.name())) {
        throw bad(
            "The second resource for "
                + o.words()
                + " is not allowed. Current resource name: '"
                + other
                + "'.");
      }
    }
    if (r.operations().stream().map(o -> unit(o.words())).distinct().count() > 1) {
      throw bad("Resource definition could not mix operations of several units");
    }
    put(r.name(), new CreateResource(false, false, r.name(), null, r.operations()), "resource_");
    return true;
  }

  /** What a resource's use is counted in. */
  public static String unit(String use) {
    return switch (use) {
      case "MASTER THREAD", "WORKER THREAD" -> "CPUNanosecond";
      case "QUERY" -> "QuerySlot";
      case "MEMORY RESERVATION" -> "MemoryByte";
      default -> "IOByte";
    };
  }

  /** Answers whether anything has changed. */
  public synchronized boolean drop(DropObject d) {
    boolean workload = d.kind() == DropObject.Kind.WORKLOAD;
    CreateStatement there = entities.get(d.name());
    if (there == null || there instanceof CreateWorkload != workload) {
      if (d.ifExists()) {
        return false;
      }
      throw bad(d.name(), "doesn't exist.");
    }
    List<String> by = new ArrayList<>();
    for (CreateWorkload w : workloads()) {
      if (d.name().equals(w.parent())
          || w.settings().stream().anyMatch(s -> d.name().equals(s.resource()))) {
        by.add(w.name());
      }
    }
    if (!by.isEmpty()) {
      throw bad(d.name(), "cannot be dropped. It is referenced by: " + String.join(" ", by) + ".");
    }
    Path in = folder;
    if (in != null) {
      MetadataFiles.delete(file(in, d.name(), workload ? "workload_" : "resource_"));
    }
    var now = new TreeMap<>(entities);
    now.remove(d.name());
    set(now);
    return true;
  }

  private static Path file(Path folder, String name, String prefix) {
    return folder.resolve(prefix + FileNames.escape(name) + SUFFIX);
  }

  private void put(String name, CreateStatement definition, String prefix) {
    Path in = folder;
    if (in != null) {
      MetadataFiles.write(file(in, name, prefix), Formatter.formatOneLine(definition) + "\n");
    }
    var now = new TreeMap<>(entities);
    now.put(name, definition);
    set(now);
  }
}
