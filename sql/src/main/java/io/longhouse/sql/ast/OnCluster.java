package io.longhouse.sql.ast;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code ON CLUSTER}, wherever a statement has it: its record has a component {@code cluster}, or
 * one of its first words ({@link CreateHead}, {@link AccessVerb}) does.
 */
public final class OnCluster {
  private static final String CLUSTER = "cluster";

  private OnCluster() {}

  /** The cluster's name; null for a statement that is for this server. */
  public static @Nullable String of(Statement statement) {
    if (statement instanceof ParallelWith p) {
      return p.statements().stream()
          .map(OnCluster::of)
          .filter(c -> c != null)
          .findFirst()
          .orElse(null);
    }
    return statement instanceof Record r ? of(r) : null;
  }

  private static @Nullable String of(Record record) {
    RecordComponent own = component(record, CLUSTER).orElse(null);
    if (own != null) {
      return (String) value(record, own);
    }
    RecordComponent words = words(record).orElse(null);
    return words != null && value(record, words) instanceof Record inner ? of(inner) : null;
  }

  /** The same statement for this server. */
  public static Statement without(Statement statement) {
    return of(statement) == null ? statement : (Statement) on(null, (Record) statement);
  }

  /** The same statement for another cluster. */
  public static Statement on(String cluster, Statement statement) {
    return of(statement) == null ? statement : (Statement) on(cluster, (Record) statement);
  }

  private static Record on(@Nullable String cluster, Record record) {
    RecordComponent own = component(record, CLUSTER).orElse(null);
    if (own != null) {
      return with(record, own, cluster);
    }
    RecordComponent words = words(record).orElseThrow();
    return value(record, words) instanceof Record inner
        ? with(record, words, on(cluster, inner))
        : record;
  }

  private static Optional<RecordComponent> component(Record record, String name) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .filter(c -> c.getName().equals(name))
        .findFirst();
  }

  private static Optional<RecordComponent> words(Record record) {
    return Arrays.stream(record.getClass().getRecordComponents())
        .filter(c -> c.getType() == CreateHead.class || c.getType() == AccessVerb.class)
        .findFirst();
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record.getClass().getName(), e);
    }
  }

  private static Record with(Record record, RecordComponent changed, @Nullable Object to) {
    RecordComponent[] all = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[all.length];
    @Nullable Object[] values = new Object[all.length];
    for (int i = 0; i < all.length; i++) {
      types[i] = all[i].getType();
      values[i] = all[i].getName().equals(changed.getName()) ? to : value(record, all[i]);
    }
    try {
      return record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record.getClass().getName(), e);
    }
  }
}
