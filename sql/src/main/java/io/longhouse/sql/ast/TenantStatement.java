package io.longhouse.sql.ast;

/** Statements that change tenants and tenant spaces; ClickHouse knows none of them. */
public sealed interface TenantStatement extends Statement
    permits CreateTenantSpace,
        AlterTenantSpace,
        DropTenantSpace,
        CreateTenant,
        AlterTenant,
        DropTenant,
        GrantTenant {}
