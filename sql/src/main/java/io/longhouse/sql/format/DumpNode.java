package io.longhouse.sql.format;

import java.util.List;

/** A line of {@code EXPLAIN AST} and the lines below it. */
record DumpNode(String label, List<DumpNode> children) {
  static DumpNode leaf(String label) {
    return new DumpNode(label, List.of());
  }

  static DumpNode of(String label, List<DumpNode> children) {
    return new DumpNode(label, List.copyOf(children));
  }

  String print() {
    var out = new StringBuilder();
    print(out, 0);
    return out.toString();
  }

  private void print(StringBuilder out, int depth) {
    out.append(" ".repeat(depth)).append(label);
    if (!children.isEmpty()) {
      out.append(" (children ").append(children.size()).append(')');
    }
    out.append('\n');
    for (DumpNode child : children) {
      child.print(out, depth + 1);
    }
  }
}
