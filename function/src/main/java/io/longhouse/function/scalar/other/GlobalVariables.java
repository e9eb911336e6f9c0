package io.longhouse.function.scalar.other;

import io.longhouse.column.Column;
import io.longhouse.column.Int32Column;
import io.longhouse.column.StringColumn;
import io.longhouse.column.type.IntegerType;
import io.longhouse.column.type.StringType;
import io.longhouse.function.Argument;
import io.longhouse.function.Arguments;
import io.longhouse.function.FunctionContext;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.ScalarFunction;
import io.longhouse.registry.Register;
import io.longhouse.sql.ByteText;
import java.util.List;
import java.util.Locale;

/** Variables of MySQL that its clients ask for: {@code @@max_allowed_packet}. */
@Register(
    kind = FunctionFactory.class,
    name = "globalVariable",
    category = "Other",
    doc = "The value of a variable that clients of MySQL expect; 0 for an unknown one.")
final class GlobalVariables implements FunctionFactory {
  private static final int PACKET_BYTES_MAX = 67_108_864;

  @Override
  public ScalarFunction resolve(List<Argument> arguments, FunctionContext context) {
    Arguments.count("globalVariable", arguments, 1);
    String name = Arguments.text("globalVariable", arguments, 0, "Argument");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "max_allowed_packet" ->
          new TypeFacts.Fixed(IntegerType.INT32, Int32Column.of(PACKET_BYTES_MAX), true);
      case "version" -> new TypeFacts.Fixed(StringType.TYPE, text("5.7.30"), true);
      case "version_comment" -> new TypeFacts.Fixed(StringType.TYPE, text(""), true);
      case "transaction_isolation" ->
          new TypeFacts.Fixed(StringType.TYPE, text("READ-UNCOMMITTED"), true);
      default -> new TypeFacts.Fixed(IntegerType.INT32, Int32Column.of(0), true);
    };
  }

  private static Column text(String s) {
    return StringColumn.of(ByteText.encode(s));
  }
}
