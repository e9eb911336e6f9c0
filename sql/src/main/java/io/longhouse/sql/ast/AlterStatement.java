package io.longhouse.sql.ast;

/** Statements that alter something, access entities aside. */
public sealed interface AlterStatement extends Statement
    permits AlterTable, AlterDatabase, AlterNamedCollection, DeleteRows, UpdateRows, Rename {}
