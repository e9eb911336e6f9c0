package io.longhouse.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The names registered for one kind of thing, read once from the lines that the compiler wrote. A
 * class is loaded, and its one instance per name made, when the name is first asked for.
 */
public final class Registry<T> {
  /** One registered name, as data. */
  public record Entry(
      String name,
      String className,
      List<String> aliases,
      boolean caseInsensitive,
      boolean aliasesCaseInsensitive,
      String category,
      String doc) {}

  private static final ClassValue<Registry<?>> BY_KIND =
      new ClassValue<>() {
        @Override
        protected Registry<?> computeValue(Class<?> kind) {
          return new Registry<>(kind);
        }
      };

  private final Class<T> kind;
  private final Map<String, Entry> exact = new HashMap<>();
  private final Map<String, Entry> lowerCased = new HashMap<>();
  private final Map<String, Entry> byName = new TreeMap<>();
  private final Map<String, T> instances = new java.util.concurrent.ConcurrentHashMap<>();

  private Registry(Class<T> kind) {
    this.kind = kind;
    try {
      var resources = kind.getClassLoader().getResources("META-INF/longhouse/" + kind.getName());
      while (resources.hasMoreElements()) {
        try (var in =
            new BufferedReader(
                new InputStreamReader(
                    resources.nextElement().openStream(), StandardCharsets.UTF_8))) {
          in.lines().forEach(this::addLine);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The registry of {@code kind}; always the same object for a kind. */
  @SuppressWarnings("unchecked")
  public static <T> Registry<T> of(Class<T> kind) {
    return (Registry<T>) BY_KIND.get(kind);
  }

  private void addLine(String line) {
    String[] f = line.split("\t", -1);
    List<String> aliases = f[2].isEmpty() ? List.of() : List.of(f[2].split(","));
    var entry = new Entry(f[0], f[1], aliases, f[3].equals("ci"), f[3].equals("ai"), f[4], f[5]);
    if (byName.put(entry.name(), entry) != null) {
      throw new IllegalStateException(
          kind.getSimpleName() + " " + entry.name() + " is registered twice");
    }
    List<String> names = new ArrayList<>(aliases);
    names.add(entry.name());
    for (String name : names) {
      exact.put(name, entry);
      boolean alias = !name.equals(entry.name());
      if (entry.caseInsensitive() || alias && entry.aliasesCaseInsensitive()) {
        lowerCased.put(name.toLowerCase(Locale.ROOT), entry);
      }
    }
  }

  /** All entries in the order of their names. */
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The entry of a name or alias, or null. */
  public @Nullable Entry entry(String name) {
    Entry e = exact.get(name);
    return e != null ? e : lowerCased.get(name.toLowerCase(Locale.ROOT));
  }

  /** The instance of a name or alias, made at the first call, or null if there is no such name. */
  public @Nullable T find(String name) {
    Entry e = entry(name);
    if (e == null) {
      return null;
    }
    T known = instances.get(e.name());
    return known != null ? known : instances.computeIfAbsent(e.name(), _ -> instantiate(e));
  }

  /** Up to three registered names that are close to a mistyped one, nearest first. */
  public List<String> similar(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / 3);
    record Near(String name, int distance) {}
    return exact.keySet().stream()
        .map(n -> new Near(n, distance(wanted, n.toLowerCase(Locale.ROOT), limit)))
        .filter(n -> n.distance <= limit)
        .sorted(java.util.Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(3)
        .map(Near::name)
        .toList();
  }

  private T instantiate(Entry e) {
    try {
      Class<?> c = Class.forName(e.className(), true, kind.getClassLoader());
      for (var constructor : c.getDeclaredConstructors()) {
        Class<?>[] p = constructor.getParameterTypes();
        if (p.length == 1 && p[0] == String.class) {
          constructor.setAccessible(true);
          return kind.cast(constructor.newInstance(e.name()));
        }
      }
      var constructor = c.getDeclaredConstructor();
      constructor.setAccessible(true);
      return kind.cast(constructor.newInstance());
    } catch (ReflectiveOperationException | ClassCastException problem) {
      throw new IllegalStateException(
          "cannot make " + kind.getSimpleName() + " " + e.name() + " of " + e.className(), problem);
    }
  }

  /** Levenshtein distance, or {@code limit + 1} when it is larger than {@code limit}. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitute, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.length()];
  }
}
