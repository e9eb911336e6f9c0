package io.longhouse.function.aggregate.type;

import io.longhouse.column.ByteReader;
import io.longhouse.column.ByteWriter;
import io.longhouse.column.Column;
import io.longhouse.column.ColumnBuilder;
import io.longhouse.column.StringColumn;
import io.longhouse.column.serial.StateCodec;
import io.longhouse.column.type.DataType;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.column.type.StringType;
import io.longhouse.column.type.TextForm;
import io.longhouse.column.type.TypeFactory;
import io.longhouse.function.aggregate.AggregateFunction;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.function.aggregate.GroupStates;
import io.longhouse.function.aggregate.Signature;
import io.longhouse.registry.Register;
import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.ast.TypeName;

/**
 * States of an aggregate function. A row of the column is a state's serialised bytes; on disk and
 * on the wire states follow each other without lengths. A row of no bytes stands for the empty
 * state.
 */
public final class AggregateFunctionType extends DataType implements StateCodec {
  private final Signature signature;
  private final AggregateFunction function;
  private final String name;

  public AggregateFunctionType(Signature signature, AggregateFunction function) {
    this.signature = signature;
    this.function = function;
    this.name = "AggregateFunction(" + SignatureNames.text(signature) + ")";
  }

  /** The type of a function's states. */
  public static AggregateFunctionType of(Signature signature) {
    return new AggregateFunctionType(
        new Signature(
            Aggregates.canonicalName(signature.name()),
            signature.parameters(),
            signature.arguments()),
        Aggregates.resolve(signature.name(), signature.parameters(), signature.arguments()));
  }

  public Signature signature() {
    return signature;
  }

  public AggregateFunction function() {
    return function;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ColumnBuilder newBuilder(int capacity) {
    return new StringColumn.Builder(capacity);
  }

  @Override
  public int compare(Column a, int i, Column b, int j, int nullsDirection) {
    return StringType.TYPE.compare(a, i, b, j, nullsDirection);
  }

  /** The empty state. */
  @Override
  public Column defaultValue() {
    return StringColumn.of(emptyState());
  }

  @Override
  public byte[] emptyState() {
    var out = new ByteWriter(16);
    function.serialize(GroupStates.of(function, 1), 0, 0, 0, out);
    return out.toByteArray();
  }

  /**
   * Copies the bytes of one state as they are. Where a state ends is known when it was parsed,
   * which is tried on what the reader has at hand, and again with more.
   */
  @Override
  public void copy(ByteReader in, ByteWriter out) {
    var window = new ByteReader(in.buffer(), in.position(), in.limit() - in.position());
    while (true) {
      try {
        function.skip(window);
        break;
      } catch (LonghouseException e) {
        if (e.errorCode() != ErrorCode.ATTEMPT_TO_READ_AFTER_EOF || !in.refill()) {
          throw e;
        }
        window.reset(in.buffer(), in.position(), in.limit() - in.position());
      }
    }
    int length = window.position() - in.position();
    out.writeBytes(in.buffer(), in.position(), length);
    in.position(in.position() + length);
  }

  @Override
  public boolean canBeInsideNullable() {
    return false;
  }

  @Override
  public boolean isComparable() {
    return false;
  }

  @Override
  public void writeText(
      Column column, int row, TextForm form, FormatSettings settings, ByteWriter out) {
    StringType.TYPE.writeText(column, row, form, settings, out);
  }

  @Override
  public void readText(ByteReader in, TextForm form, FormatSettings settings, ColumnBuilder out) {
    StringType.TYPE.readText(in, form, settings, out);
  }

  @Override
  public void writeBinary(Column column, int row, ByteWriter out) {
    var s = (StringColumn) column;
    if (s.lengthAt(row) == 0) {
      out.writeBytes(emptyState());
    } else {
      out.writeBytes(s.bytes(), s.offsets()[row], s.lengthAt(row));
    }
  }

  @Override
  public void readBinary(ByteReader in, ColumnBuilder out) {
    var bytes = new ByteWriter(32);
    copy(in, bytes);
    ((StringColumn.Builder) out).add(bytes.buffer(), 0, bytes.position());
  }

  /** Makes AggregateFunction(f, T, ...) and AggregateFunction(f(p, ...), T, ...). */
  @Register(kind = TypeFactory.class, name = "AggregateFunction")
  static final class Factory implements TypeFactory {
    @Override
    public DataType create(TypeName name) {
      return of(SignatureNames.parse(name));
    }
  }
}
