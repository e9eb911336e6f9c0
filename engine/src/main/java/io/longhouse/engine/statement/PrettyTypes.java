package io.longhouse.engine.statement;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.LowCardinalityType;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NestedType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/** Names of types for people: each named element of a tuple has a line of its own. */
final class PrettyTypes {
  private static final String INDENT = "    ";

  private PrettyTypes() {}

  static String of(DataType type) {
    return of(type, "");
  }

  private static String of(DataType type, String indent) {
    return switch (type) {
      case TupleType t -> tuple("Tuple", t, indent);
      case NestedType n -> tuple("Nested", n.row(), indent);
      case ArrayType a -> "Array(" + of(a.element(), indent) + ")";
      case NullableType n -> "Nullable(" + of(n.nested(), indent) + ")";
      case LowCardinalityType l -> "LowCardinality(" + of(l.nested(), indent) + ")";
      case MapType m -> "Map(" + of(m.key(), indent) + ", " + of(m.value(), indent) + ")";
      default -> type.name();
    };
  }

  private static String tuple(String name, TupleType type, String indent) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < type.elements().size(); i++) {
      DataType element = type.elements().get(i);
      elements.add(
          type.named()
              ? "\n"
                  + indent
                  + INDENT
                  + Quoting.identifier(type.names().get(i))
                  + " "
                  + of(element, indent + INDENT)
              : of(element, indent));
    }
    return name + "(" + String.join(type.named() ? "," : ", ", elements) + ")";
  }
}
