package io.longhouse.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER TENANT acme IN app LIMITS weight = 2}.
 *
 * @param space null when the name alone says which
 * @param isolation where the tenant is to move, null when it stays
 * @param modifyLimits whether limits that are not named stay
 */
public record AlterTenant(
    boolean ifExists,
    String name,
    @Nullable String space,
    @Nullable String cluster,
    @Nullable String newName,
    @Nullable Isolation isolation,
    boolean modifyLimits,
    @Nullable TenantLimits limits,
    @Nullable SettingsChange settingsChange)
    implements TenantStatement {}
