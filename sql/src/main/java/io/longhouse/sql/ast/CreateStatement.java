package io.longhouse.sql.ast;

/** Statements that create something, access entities aside. */
public sealed interface CreateStatement extends Statement
    permits CreateTable,
        CreateView,
        CreateMaterializedView,
        CreateWindowView,
        CreateDatabase,
        CreateDictionary,
        CreateFunction,
        CreateNamedCollection,
        CreateIndex,
        CreateWorkload,
        CreateResource {}
