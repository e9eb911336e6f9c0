package io.longhouse.sql.ast;

/** One SQL statement. Adding one: a record, a branch here, a parser file, a printer. */
public sealed interface Statement extends Node
    permits Query,
        Insert,
        CreateStatement,
        DropStatement,
        AlterStatement,
        AccessStatement,
        TenantStatement,
        ShowStatement,
        MaintenanceStatement,
        SessionStatement,
        SystemStatement,
        ParallelWith {}
