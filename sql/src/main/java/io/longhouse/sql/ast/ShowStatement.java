package io.longhouse.sql.ast;

/** Statements that tell about the server. */
public sealed interface ShowStatement extends Statement
    permits ShowTables,
        ShowColumns,
        ShowIndexes,
        ShowFunctions,
        ShowSettings,
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
        ExistsStatement,
        Explain {}
