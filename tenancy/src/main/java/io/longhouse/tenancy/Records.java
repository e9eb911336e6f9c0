package io.longhouse.tenancy;

import io.longhouse.sql.ErrorCode;
import io.longhouse.sql.LonghouseException;
import io.longhouse.sql.Quoting;
import io.longhouse.sql.ast.AlterTenantSpace;
import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.CreateTenantSpace;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.Node;
import io.longhouse.sql.ast.Statement;
import io.longhouse.sql.ast.TenantLimits;
import io.longhouse.sql.format.Formatter;
import io.longhouse.sql.parser.Parser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spaces and tenants as text, the form in which they are kept. A line {@code name value} for each
 * thing that the statement does not say, then the statement on one line:
 *
 * <pre>
 * serial 7
 * space 1
 * home 'app_acme'
 * state ACTIVE
 * CREATE TENANT acme IN app ID 42 ISOLATION DATABASE
 * </pre>
 */
public final class Records {
  private Records() {}

  public static String text(TenantSpace s) {
    var out = new StringBuilder("serial ").append(s.serial()).append("\nnumbers");
    s.tables().forEach(t -> out.append(' ').append(t.number()));
    if (!s.pending().isEmpty()) {
      out.append("\npending");
      s.pending().forEach(t -> out.append(' ').append(t));
    }
    Rollout r = s.rollout();
    if (r != null) {
      out.append("\nrollout ").append(r.templateDone() ? "tenants " : "template ");
      out.append(r.through()).append(' ').append(r.done()).append(' ').append(r.at()).append(' ');
      out.append(r.total()).append(' ').append(r.finished());
      out.append("\nbefore ").append(r.before());
      out.append("\nerror ").append(Quoting.string(r.error()));
      out.append("\nalter ");
      out.append(oneLine(new AlterTenantSpace(false, "space", null, r.action())));
    }
    return out.append('\n').append(oneLine(s.statement())).toString();
  }

  /** The name of the space stands for itself only: whose the tenant is says its number. */
  public static String text(Tenant t) {
    var statement =
        new CreateTenant(
            false,
            false,
            t.name(),
            "space",
            null,
            t.id(),
            t.isolation(),
            t.limits().clause(),
            t.settings());
    return "serial "
        + t.serial()
        + "\nspace "
        + t.space()
        + "\nhome "
        + Quoting.string(t.home())
        + "\nstate "
        + t.state()
        + "\n"
        + oneLine(statement);
  }

  private static String oneLine(Node node) {
    return Formatter.formatOneLine(node);
  }

  /**
   * @throws LonghouseException CORRUPTED_DATA (246)
   */
  public static TenantSpace space(String text) {
    Fields f = fields(text);
    if (!(f.statement instanceof CreateTenantSpace s)) {
      throw corrupted(text, null);
    }
    try {
      String[] numbers = f.get("numbers").split(" ");
      List<TenantSpace.Table> tables = new ArrayList<>();
      for (int i = 0; i < s.tables().size(); i++) {
        List<String> parts = s.tables().get(i).table().parts();
        int number = Integer.parseInt(numbers[i]);
        tables.add(
            new TenantSpace.Table(number, parts.get(0), parts.get(1), s.tables().get(i).key()));
      }
      return new TenantSpace(
          Long.parseLong(f.get("serial")),
          s.name(),
          tables,
          s.isolation() == null ? Isolation.SHARED_TABLE : s.isolation(),
          limits(s.limits()),
          s.settings(),
          s.comment() == null ? "" : s.comment(),
          pending(f),
          rollout(f));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw corrupted(text, e);
    }
  }

  private static List<Long> pending(Fields f) {
    String serials = f.values.getOrDefault("pending", "");
    return serials.isEmpty()
        ? List.of()
        : Arrays.stream(serials.split(" ")).map(Long::valueOf).toList();
  }

  private static @Nullable Rollout rollout(Fields f) {
    if (!f.values.containsKey("rollout")) {
      return null;
    }
    String[] p = f.get("rollout").split(" ");
    if (!(Parser.parseStatement(f.get("alter")).statement() instanceof AlterTenantSpace alter)) {
      throw new NumberFormatException("alter");
    }
    return new Rollout(
        alter.action(),
        p[0].equals("tenants"),
        Long.parseLong(p[1]),
        Long.parseLong(p[2]),
        Long.parseLong(p[3]),
        f.get("before"),
        Long.parseLong(p[4]),
        Long.parseLong(p[5]),
        string(f.get("error")));
  }

  /**
   * @throws LonghouseException CORRUPTED_DATA (246)
   */
  public static Tenant tenant(String text) {
    Fields f = fields(text);
    if (!(f.statement instanceof CreateTenant t)) {
      throw corrupted(text, null);
    }
    try {
      return new Tenant(
          Long.parseLong(f.get("serial")),
          Long.parseLong(f.get("space")),
          t.name(),
          t.id(),
          t.isolation() == null ? Isolation.SHARED_TABLE : t.isolation(),
          limits(t.limits()),
          t.settings(),
          string(f.get("home")),
          Tenant.State.valueOf(f.get("state")));
    } catch (IllegalArgumentException e) {
      throw corrupted(text, e);
    }
  }

  private static Limits limits(@Nullable TenantLimits clause) {
    return clause == null ? Limits.NONE : Limits.NONE.changed(false, clause);
  }

  private static String string(String literal) {
    if (Parser.parseExpression(literal) instanceof Literal.StringLiteral s) {
      return s.value();
    }
    throw new NumberFormatException(literal);
  }

  private record Fields(Map<String, String> values, Statement statement) {
    String get(String name) {
      String v = values.get(name);
      if (v == null) {
        throw new NumberFormatException("no " + name);
      }
      return v;
    }
  }

  private static Fields fields(String text) {
    Map<String, String> values = new HashMap<>();
    String[] lines = text.split("\n");
    for (int i = 0; i + 1 < lines.length; i++) {
      int blank = lines[i].indexOf(' ');
      values.put(
          blank < 0 ? lines[i] : lines[i].substring(0, blank),
          blank < 0 ? "" : lines[i].substring(blank + 1));
    }
    return new Fields(values, Parser.parseStatement(lines[lines.length - 1]).statement());
  }

  private static LonghouseException corrupted(String text, @Nullable Throwable cause) {
    String message = "The record of a tenant or a tenant space cannot be read: " + text;
    return cause == null
        ? new LonghouseException(ErrorCode.CORRUPTED_DATA, message)
        : new LonghouseException(ErrorCode.CORRUPTED_DATA, message, cause);
  }
}
