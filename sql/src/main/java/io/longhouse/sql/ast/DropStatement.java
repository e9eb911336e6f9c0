package io.longhouse.sql.ast;

/** Statements that remove something. */
public sealed interface DropStatement extends Statement
    permits Drop, DropDatabaseTables, DropIndex, DropObject, Undrop {}
