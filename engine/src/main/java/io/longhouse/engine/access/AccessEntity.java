package io.longhouse.engine.access;

import io.longhouse.sql.ast.AccessEntityKind;
import java.util.UUID;

/** A thing that access control knows: immutable, with an id that stays when its name changes. */
public sealed interface AccessEntity
    permits User, Role, RowPolicy, MaskingPolicy, Quota, SettingsProfile {
  UUID id();

  /** Unique among those of its kind; a policy's has its table: {@code p ON db.t}. */
  String name();

  AccessEntityKind kind();
}
