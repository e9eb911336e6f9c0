package io.longhouse.tenancy;

import io.longhouse.sql.ast.CreateTenant;
import io.longhouse.sql.ast.Isolation;
import io.longhouse.sql.ast.Literal;
import io.longhouse.sql.ast.NumberLiteral;
import io.longhouse.sql.ast.SettingsElement;
import java.util.List;

/**
 * One of those who share a space.
 *
 * @param serial never used again; names may change, this does not
 * @param space the space's serial number
 * @param id the value of the key column in its rows: an integer or a string
 * @param limits its own, over those of the space
 * @param settings its own, over those of the space
 * @param home the name of its database, and what the names of its tables end with; it stays when
 *     the tenant is renamed. Empty in shared tables.
 */
public record Tenant(
    long serial,
    long space,
    String name,
    Literal id,
    Isolation isolation,
    Limits limits,
    List<SettingsElement> settings,
    String home,
    State state) {
  public Tenant {
    settings = List.copyOf(settings);
    if (!(id instanceof NumberLiteral || id instanceof Literal.StringLiteral)) {
      throw new IllegalArgumentException("id " + id);
    }
  }

  /** How far it is. */
  public enum State {
    /** Its tables are being made; a crash rolls it back. */
    CREATING,
    ACTIVE,
    /** Its tables are being dropped; a crash goes on with it. */
    DROPPING
  }

  public Tenant withName(String changed) {
    return new Tenant(serial, space, changed, id, isolation, limits, settings, home, state);
  }

  public Tenant withLimits(Limits changed) {
    return new Tenant(serial, space, name, id, isolation, changed, settings, home, state);
  }

  public Tenant withSettings(List<SettingsElement> changed) {
    return new Tenant(serial, space, name, id, isolation, limits, changed, home, state);
  }

  public Tenant withState(State changed) {
    return new Tenant(serial, space, name, id, isolation, limits, settings, home, changed);
  }

  /** The id as text: two ids of a space are the same when their texts are. */
  public String idText() {
    return idText(id);
  }

  public static String idText(Literal id) {
    return switch (id) {
      case NumberLiteral n when n.kind() == NumberLiteral.Kind.UINT64 ->
          Long.toUnsignedString(n.bits());
      case NumberLiteral n -> Long.toString(n.bits());
      case Literal.StringLiteral s -> s.value();
      default -> throw new IllegalArgumentException("id " + id);
    };
  }

  /** The statement that makes it again in a space. */
  public CreateTenant statement(TenantSpace in) {
    return new CreateTenant(
        false,
        false,
        name,
        in.name(),
        null,
        id,
        isolation == in.isolation() ? null : isolation,
        limits.clause(),
        settings);
  }
}
