package io.longhouse.sql.ast;

/** Statements that look after tables. */
public sealed interface MaintenanceStatement extends Statement
    permits Optimize, CheckTable, CheckAllTables, Kill, Backup, Watch, CopyStatement {}
