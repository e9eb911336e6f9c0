package io.longhouse.sql.parser;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.SqlException;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Node;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses trees that are too deep or too big. Small statements cannot be and are not looked at. */
final class TreeLimits {
  private static final ClassValue<List<MethodHandle>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<MethodHandle> computeValue(Class<?> type) {
          return accessors(type);
        }
      };

  private TreeLimits() {}

  private record Entry(Object node, int depth) {}

  /** A tree has no more levels and nodes than its text has characters. */
  static void check(Object statement, int length, ParserLimits limits) {
    int depthMax = limits.maxAstDepth() > 0 ? limits.maxAstDepth() : Integer.MAX_VALUE;
    int elementsMax = limits.maxAstElements() > 0 ? limits.maxAstElements() : Integer.MAX_VALUE;
    if (length <= Math.min(depthMax, elementsMax)) {
      return;
    }
    var open = new ArrayDeque<Entry>();
    open.push(new Entry(statement, 1));
    int elements = 0;
    while (!open.isEmpty()) {
      Entry entry = open.pop();
      if (entry.node instanceof Node) {
        if (entry.depth > depthMax) {
          throw new SqlException(ErrorCode.TOO_DEEP_AST, "AST is too deep. Maximum: " + depthMax);
        }
        if (++elements > elementsMax) {
          throw new SqlException(ErrorCode.TOO_BIG_AST, "AST is too big. Maximum: " + elementsMax);
        }
      }
      pushChildren(entry, open);
    }
  }

  private static void pushChildren(Entry entry, ArrayDeque<Entry> open) {
    if (entry.node instanceof Literal) {
      return;
    }
    int depth = entry.node instanceof Node ? entry.depth + 1 : entry.depth;
    if (entry.node instanceof List<?> list) {
      for (Object element : list) {
        push(element, depth, open);
      }
    } else if (entry.node instanceof Record) {
      for (MethodHandle accessor : ACCESSORS.get(entry.node.getClass())) {
        try {
          push(accessor.invoke(entry.node), depth, open);
        } catch (Throwable e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static void push(@Nullable Object value, int depth, ArrayDeque<Entry> open) {
    if (value instanceof Record || value instanceof List<?>) {
      open.push(new Entry(value, depth));
    }
  }

  private static List<MethodHandle> accessors(Class<?> type) {
    var handles = new ArrayList<MethodHandle>();
    for (RecordComponent component : type.getRecordComponents()) {
      Class<?> of = component.getType();
      if (of.isPrimitive() || of.isEnum() || of == String.class) {
        continue;
      }
      try {
        handles.add(MethodHandles.publicLookup().unreflect(component.getAccessor()));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    return handles;
  }
}
