package io.longhouse.sql.ast;

/** Statements about users, roles, policies, quotas, profiles and grants. */
public sealed interface AccessStatement extends Statement
    permits CreateUser,
        CreateRole,
        CreateRowPolicy,
        CreateMaskingPolicy,
        CreateQuota,
        CreateSettingsProfile,
        DropAccessEntity,
        MoveAccessEntity,
        Grant,
        SetRole,
        CheckGrant,
        ExecuteAs {}
