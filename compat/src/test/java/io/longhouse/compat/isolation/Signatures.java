package io.longhouse.compat.isolation;

import io.longhouse.column.type.DataType;
import io.longhouse.column.type.DataTypes;
import io.longhouse.column.type.FormatSettings;
import io.longhouse.function.Argument;
import io.longhouse.function.FunctionFactory;
import io.longhouse.function.Functions;
import io.longhouse.function.HigherOrderFactory;
import io.longhouse.function.OutsideQuery;
import io.longhouse.function.aggregate.AggregateFactory;
import io.longhouse.function.aggregate.Aggregates;
import io.longhouse.registry.Registry;
import io.longhouse.sql.LonghouseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments each registered function takes, found by asking it for combinations of the types
 * that the shared tables have. A list that nobody keeps: a new function is drawn as soon as it is
 * registered.
 */
final class Signatures {
  private static final int TRIED_PER_COUNT = 40;
  private static final int KEPT = 12;
  private static final int ARGUMENTS_MAX = 4;

  /** What stands for an argument: a column's type, or a constant as it is written. */
  record Slot(@Nullable String type, @Nullable String constant) {}

  /** An aggregate function's parameters, as they are written, and arguments. */
  record Call(String parameters, List<Slot> arguments) {}

  private static final List<String> PARAMETERS =
      List.of(
          "", "", "0.5", "2", "0.1, 0.9", "3, 5", "1, 10, 2", "',', 3", "'(?1)(?2)'", "0, 10, 3");

  private static final List<Slot> SLOTS = slots();
  private static final List<String> CONSTANTS =
      List.of(
          "0", "1", "3", "-1", "2.5", "'a'", "'1'", "'day'", "'UTC'", "'Int32'", "[1, 2]", "''");

  private final Map<String, List<List<Slot>>> scalars = new ConcurrentHashMap<>();
  private final Map<String, List<Call>> aggregates = new ConcurrentHashMap<>();
  private final List<String> scalarNames;
  private final List<String> aggregateNames;

  Signatures() {
    var scalar = new TreeSet<String>();
    for (var e : Registry.of(FunctionFactory.class).entries()) {
      if (!Unsteady.FUNCTIONS.contains(e.name())
          && e.aliases().stream().noneMatch(Unsteady.FUNCTIONS::contains)
          && !(Functions.factory(e.name()) instanceof HigherOrderFactory)) {
        scalar.add(e.name());
      }
    }
    scalarNames = List.copyOf(scalar);
    var aggregate = new TreeSet<String>();
    for (var e : Registry.of(AggregateFactory.class).entries()) {
      if (!Unsteady.FUNCTIONS.contains(e.name())) {
        aggregate.add(e.name());
      }
    }
    aggregateNames = List.copyOf(aggregate);
  }

  private static List<Slot> slots() {
    List<Slot> out = new ArrayList<>();
    var types = new TreeSet<String>();
    ColumnShape.STORED.forEach(c -> types.add(c.type()));
    types.forEach(t -> out.add(new Slot(t, null)));
    return List.copyOf(out);
  }

  List<String> scalarNames() {
    return scalarNames;
  }

  List<String> aggregateNames() {
    return aggregateNames;
  }

  /** Arguments that the function takes; some that it hardly takes if none were found. */
  List<Slot> scalar(String name, Draw draw) {
    return any(scalars.computeIfAbsent(name, n -> find(n, this::takes)), draw);
  }

  Call aggregate(String name, Draw draw) {
    List<Call> known = aggregates.computeIfAbsent(name, this::calls);
    return known.isEmpty() || draw.percent(3)
        ? new Call("", List.of(slot(draw), slot(draw)))
        : draw.of(known);
  }

  private List<Call> calls(String name) {
    List<Call> out = new ArrayList<>();
    for (String p : PARAMETERS) {
      find(name, (n, slots) -> aggregates(n, p, slots)).forEach(a -> out.add(new Call(p, a)));
    }
    return List.copyOf(out);
  }

  private static List<Slot> any(List<List<Slot>> known, Draw draw) {
    return known.isEmpty() || draw.percent(5) ? List.of(slot(draw), slot(draw)) : draw.of(known);
  }

  /** The same for a name whoever asks first. */
  private static List<List<Slot>> find(
      String name, java.util.function.BiPredicate<String, List<Slot>> takes) {
    var draw = new Draw(name.hashCode());
    List<List<Slot>> found = new ArrayList<>();
    for (int count = 0; count <= ARGUMENTS_MAX; count++) {
      int kept = 0;
      for (int i = 0; i < (count == 0 ? 1 : TRIED_PER_COUNT) && kept < KEPT / 3; i++) {
        List<Slot> slots = new ArrayList<>();
        for (int a = 0; a < count; a++) {
          slots.add(slot(draw));
        }
        if (takes.test(name, slots)) {
          found.add(List.copyOf(slots));
          kept++;
        }
      }
    }
    return List.copyOf(found);
  }

  private static Slot slot(Draw draw) {
    return draw.percent(70) ? draw.of(SLOTS) : new Slot(null, draw.of(CONSTANTS));
  }

  private static DataType type(Slot s) {
    String t = s.type();
    if (t != null) {
      return DataTypes.parse(t);
    }
    String c = String.valueOf(s.constant());
    String name =
        c.startsWith("'")
            ? "String"
            : c.startsWith("[") ? "Array(UInt8)" : c.contains(".") ? "Float64" : "UInt8";
    return DataTypes.parse(name);
  }

  private boolean takes(String name, List<Slot> slots) {
    List<Argument> arguments = new ArrayList<>();
    for (Slot s : slots) {
      DataType t = type(s);
      arguments.add(s.type() != null ? Argument.of(t) : new Argument(t, constant(t, s)));
    }
    try {
      Functions.resolve(name, arguments, OutsideQuery.INSTANCE);
      return true;
    } catch (LonghouseException | IllegalStateException | NullPointerException e) {
      // Refused; the latter two by functions of the server, which need a query.
      return e instanceof NullPointerException && slots.size() < 2;
    }
  }

  private static io.longhouse.column.Column constant(DataType type, Slot s) {
    byte[] text = io.longhouse.sql.ByteText.encode(String.valueOf(s.constant()));
    var b = type.newBuilder(1);
    type.readText(
        new io.longhouse.column.ByteReader(text),
        io.longhouse.column.type.TextForm.QUOTED,
        FormatSettings.DEFAULT,
        b);
    return b.build();
  }

  private boolean aggregates(String name, String parameters, List<Slot> slots) {
    List<Argument> constants = new ArrayList<>();
    for (String p : parameters.isEmpty() ? new String[0] : parameters.split(", ")) {
      var s = new Slot(null, p);
      constants.add(new Argument(type(s), constant(type(s), s)));
    }
    try {
      Aggregates.resolve(name, constants, slots.stream().map(Signatures::type).toList());
      return true;
    } catch (LonghouseException refused) {
      return false;
    }
  }
}
