package io.longhouse.engine.analyze;

import io.longhouse.column.ArrayColumn;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.NullableColumn;
import io.longhouse.column.StringColumn;
import io.longhouse.column.TupleColumn;
import io.longhouse.column.hash.SipHash;
import io.longhouse.column.type.ArrayType;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.Date32Type;
import io.longhouse.column.type.DateType;
import io.longhouse.column.type.FloatType;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.NothingType;
import io.longhouse.column.type.NullableType;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TupleType;
import io.longhouse.function.expr.Expr;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;

/**
 * The hash by which ClickHouse's analyzer tells constants apart.
 *
 * <pre>
 * node:   4:u64 (a constant), value, type, 0:u64 (no children), 0:u64 (no references)
 * value:  number's bytes | String: end:u64, bytes | Array: end:u64, values of its elements
 *         | Tuple: value* | Nullable: map bytes, values (none of Nothing)
 * values: numbers' bytes | String: ends:u64*, bytes | the others as above, per column
 * type:   0:u64 (no name of its own), kind:u8, then Array, Nullable: type
 *         | Tuple: n:u64, type*, named:u8
 * </pre>
 */
final class TreeHash {
  private static final int CONSTANT = 4;

  private final SipHash hash = new SipHash();

  private TreeHash() {}

  /**
   * Both words in decimal, as they stand in names.
   *
   * @throws LonghouseException NOT_IMPLEMENTED (48) for types that sets of literals do not have
   */
  static String of(Expr.Constant c) {
    var node = new TreeHash();
    node.hash.update((long) CONSTANT);
    node.values(c.value().plain().full(), 0, 1, c.type());
    node.type(c.type());
    node.hash.update(0L);
    node.hash.update(0L);
    long[] words = new long[2];
    node.hash.get128(words, 0);
    return Long.toUnsignedString(words[0]) + "_" + Long.toUnsignedString(words[1]);
  }

  private void values(Column column, int from, int length, DataType type) {
    switch (column) {
      case NullableColumn n -> {
        hash.update(n.nulls(), from, length);
        if (!(NullableType.strip(type) instanceof NothingType)) {
          values(n.values(), from, length, NullableType.strip(type));
        }
      }
      case ArrayColumn a -> {
        int[] offsets = a.offsets();
        for (int i = from; i < from + length; i++) {
          hash.update((long) offsets[i + 1] - offsets[from]);
        }
        Column elements = a.elements().plain().full();
        int count = offsets[from + length] - offsets[from];
        values(elements, offsets[from], count, ((ArrayType) type).element());
      }
      case TupleColumn t -> {
        for (int i = 0; i < t.elements().size(); i++) {
          Column element = t.elements().get(i).plain().full();
          values(element, from, length, ((TupleType) type).elements().get(i));
        }
      }
      case StringColumn s -> {
        int[] offsets = s.offsets();
        for (int i = from; i < from + length; i++) {
          hash.update((long) offsets[i + 1] - offsets[from]);
        }
        hash.update(s.bytes(), offsets[from], offsets[from + length] - offsets[from]);
      }
      default -> {
        var bytes = new ByteWriter(8 * length);
        for (int i = from; i < from + length; i++) {
          type.writeBinary(column, i, bytes);
        }
        hash.update(bytes.buffer(), 0, bytes.position());
      }
    }
  }

  private void type(DataType type) {
    hash.update(0L);
    hash.update((byte) kind(type));
    switch (type) {
      case ArrayType a -> type(a.element());
      case NullableType n -> type(n.nested());
      case TupleType t -> {
        hash.update((long) t.elements().size());
        t.elements().forEach(this::type);
        hash.update((byte) 0);
      }
      default -> {}
    }
  }

  private static int kind(DataType type) {
    return switch (type) {
      case NothingType _ -> 0;
      case IntegerType i -> (i.signed() ? 7 : 1) + Integer.numberOfTrailingZeros(i.bytes());
      case FloatType f -> f.bytes() == 4 ? 14 : 15;
      case DateType _ -> 16;
      case Date32Type _ -> 17;
      case StringType _ -> 22;
      case ArrayType _ -> 31;
      case TupleType t when !t.named() -> 32;
      case NullableType _ -> 36;
      default ->
          throw new LonghouseException(
              ErrorCode.NOT_IMPLEMENTED,
              "A shard cannot name a set with a constant of type "
                  + type.name()
                  + " as the initiator does");
    };
  }
}
