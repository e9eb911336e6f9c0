package io.longhouse.sql.ast;

/** Statements that tell about the server. */
public sealed interface ShowStatement extends Statement
    permits ShowTables,
        ShowColumns,
        ShowIndexes,
        ShowFunctions,
        ShowSetting,
        ShowProcesslist,
        ShowEngines,
        ShowCreate,
        ShowGrants,
        ShowPrivileges,
        ShowAccess,
        ShowAccessEntities,
        ShowCreateAccess,
        Describe,
        DescribeCache,
        ExistsStatement,
        Explain,
        ShowTenants,
        ShowCreateTenant,
        ExplainTenant {}
