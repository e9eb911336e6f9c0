package io.longhouse.format.infer;

import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.MapType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.TupleType;
import io.longhouse.format.infer.Guess.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data type that a guess comes to. */
final class GuessedType {
  private final InferenceSettings.Nulls nulls;
  private final boolean incompleteAsStrings;

  /**
   * @param incompleteAsStrings what becomes of values of which nothing was seen but NULL
   */
  GuessedType(InferenceSettings.Nulls nulls, boolean incompleteAsStrings) {
    this.nulls = nulls;
    this.incompleteAsStrings = incompleteAsStrings;
  }

  /** The type, or null if too little was seen. */
  @Nullable DataType of(Guess g) {
    return switch (g) {
      case Guess.Unknown u -> incompleteAsStrings ? scalar("String", u.nullable()) : null;
      case Guess.Scalar s ->
          s.kind() == Kind.DYNAMIC
              ? DataTypes.parse("Dynamic")
              : scalar(name(s.kind()), s.nullable());
      case Guess.Many m -> {
        DataType element = of(m.element());
        yield element == null ? null : new ArrayType(element);
      }
      case Guess.Row r -> {
        List<DataType> elements = all(r.elements());
        yield elements == null ? null : new TupleType(elements);
      }
      case Guess.MapOf m -> map(m);
      case Guess.Fields f -> fields(f);
    };
  }

  private DataType scalar(String name, boolean nullSeen) {
    DataType type = DataTypes.parse(name);
    boolean nullable =
        nulls == InferenceSettings.Nulls.ALL || nulls == InferenceSettings.Nulls.SEEN && nullSeen;
    return nullable ? NullableType.orSame(type) : type;
  }

  private static String name(Kind kind) {
    return switch (kind) {
      case BOOL -> "Bool";
      case INT64 -> "Int64";
      case UINT64 -> "UInt64";
      case FLOAT64 -> "Float64";
      case DATE -> "Date";
      case DATETIME -> "DateTime";
      case DATETIME64 -> "DateTime64(9)";
      case STRING -> "String";
      case DYNAMIC -> "Dynamic";
    };
  }

  private @Nullable DataType map(Guess.MapOf m) {
    DataType key = of(m.key());
    DataType value = of(m.value());
    return key == null || value == null ? null : new MapType(NullableType.strip(key), value);
  }

  private @Nullable List<DataType> all(List<Guess> guesses) {
    List<DataType> types = new ArrayList<>();
    for (Guess g : guesses) {
      DataType type = of(g);
      if (type == null) {
        return null;
      }
      types.add(type);
    }
    return types.isEmpty() ? null : types;
  }

  private @Nullable DataType fields(Guess.Fields f) {
    if (f.fields().isEmpty()) {
      return of(new Guess.Unknown(true));
    }
    List<DataType> types = all(List.copyOf(f.fields().values()));
    return types == null ? null : new TupleType(types, List.copyOf(f.fields().keySet()));
  }

  /** A guess as messages name it. */
  static String describe(Guess g) {
    return switch (g) {
      case Guess.Unknown _ -> "Nothing";
      case Guess.Scalar s -> name(s.kind());
      case Guess.Many m -> "Array(" + describe(m.element()) + ")";
      case Guess.Row r ->
          "Tuple("
              + String.join(", ", r.elements().stream().map(GuessedType::describe).toList())
              + ")";
      case Guess.MapOf m -> "Map(" + describe(m.key()) + ", " + describe(m.value()) + ")";
      case Guess.Fields f -> {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Guess> e : f.fields().entrySet()) {
          parts.add(e.getKey() + " " + describe(e.getValue()));
        }
        yield "Tuple(" + String.join(", ", parts) + ")";
      }
    };
  }
}
