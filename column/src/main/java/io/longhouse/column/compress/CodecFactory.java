package io.longhouse.column.compress;

import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.FixedBytesColumn;
import io.longhouse.column.Float32Column;
import io.longhouse.column.Float64Column;
import io.longhouse.column.Int16Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.Int64Column;
import io.longhouse.column.Int8Column;
import io.longhouse.column.WideColumn;
import io.longhouse.column.type.DataType;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a codec of what stands in {@code CODEC(...)}; registered under the codec's SQL name. */
public interface CodecFactory {
  /**
   * @throws LonghouseException ILLEGAL_CODEC_PARAMETER (433), BAD_ARGUMENTS (36) and their like
   */
  Codec create(Arguments arguments);

  /** Whether anything may stand in parentheses behind the name. */
  default boolean takesArguments() {
    return true;
  }

  /**
   * What stands in parentheses behind the name, and whose values are to be encoded.
   *
   * @param type of the values, null where it is not known
   */
  record Arguments(String name, List<Literal> values, @Nullable DataType type) {
    public Arguments {
      values = List.copyOf(values);
    }

    /** These arguments, of which there may be at most {@code n}. */
    public Arguments atMost(int n) {
      if (values.size() > n) {
        throw new LonghouseException(
            ErrorCode.ILLEGAL_SYNTAX_FOR_CODEC_TYPE,
            name + " codec must have " + n + " parameters at most, given " + values.size());
      }
      return this;
    }

    /** Argument {@code i} as a number of that range, or {@code otherwise} where it is not given. */
    public int number(int i, int otherwise, int min, int max) {
      if (i >= values.size()) {
        return otherwise;
      }
      if (values.get(i) instanceof NumberLiteral n && n.isInteger()) {
        if (n.bits() < min || n.bits() > max) {
          throw new LonghouseException(
              ErrorCode.ILLEGAL_CODEC_PARAMETER,
              name + " codec takes a number from " + min + " to " + max + ", given " + n.bits());
        }
        return (int) n.bits();
      }
      throw new LonghouseException(
          ErrorCode.ILLEGAL_CODEC_PARAMETER,
          name + " codec argument must be an unsigned integer, given " + values.get(i));
    }

    /** Bytes of one value of the type where all have the same, else 0. */
    public int valueBytes() {
      return type == null ? 0 : bytesOf(type.newBuilder(0));
    }

    private static int bytesOf(ColumnBuilder b) {
      return switch (b) {
        case Int8Column.Builder _ -> 1;
        case Int16Column.Builder _ -> 2;
        case Int32Column.Builder _, Float32Column.Builder _ -> 4;
        case Int64Column.Builder _, Float64Column.Builder _ -> 8;
        case WideColumn.Builder w -> 8 * w.wordsPerValue();
        case FixedBytesColumn.Builder f -> f.width();
        default -> 0;
      };
    }

    /**
     * The width that codecs of numbers work on: that of the type, or 1 without a type.
     *
     * @throws LonghouseException BAD_ARGUMENTS (36) for a type of another width
     */
    public int wordBytes() {
      if (type == null) {
        return 1;
      }
      int bytes = valueBytes();
      if (bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8) {
        return bytes;
      }
      throw new LonghouseException(
          ErrorCode.BAD_ARGUMENTS,
          bytes == 0
              ? "Codec "
                  + name
                  + " is not applicable for "
                  + type.name()
                  + " because the data type is not of fixed size"
              : "Codec "
                  + name
                  + " is only applicable for data types of size 1, 2, 4, 8 bytes. Given type "
                  + type.name());
    }
  }
}
