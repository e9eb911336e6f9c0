package io.longhouse.column.serial;

import io.longhouse.column.ByteReader;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.TupleType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a column is written whole or sparse, and, for a tuple, how each element is.
 *
 * @param elements empty unless the type is a tuple; an empty list says that all are whole
 */
public record SerializationKind(boolean sparse, List<SerializationKind> elements) {
  /** All values, one after another. */
  public static final SerializationKind DEFAULT = new SerializationKind(false, List.of());

  /** Positions and values of what is not the default. */
  public static final SerializationKind SPARSE = new SerializationKind(true, List.of());

  public SerializationKind {
    elements = List.copyOf(elements);
  }

  public SerializationKind element(int i) {
    return elements.isEmpty() ? DEFAULT : elements.get(i);
  }

  /** Whether nothing in it is sparse. */
  public boolean isDefault() {
    return !sparse && elements.stream().allMatch(SerializationKind::isDefault);
  }

  /**
   * Reads the kinds as the native protocol sends them behind its "custom serialization" flag: a
   * byte for the type and then for each element of a tuple.
   */
  public static SerializationKind read(DataType type, ByteReader in) {
    int kind = in.readUnsignedByte();
    if (kind > 1) {
      throw new LonghouseException(
          ErrorCode.NOT_IMPLEMENTED, "Serialization kind " + kind + " of " + type.name());
    }
    List<SerializationKind> elements = new ArrayList<>();
    if (type instanceof TupleType t) {
      for (DataType e : t.elements()) {
        elements.add(read(e, in));
      }
    }
    return new SerializationKind(kind == 1, elements);
  }
}
