package io.longhouse.sql.ast;

/** Statements that concern the session. */
public sealed interface SessionStatement extends Statement
    permits Use, SetSettings, TransactionControl, ExternalDdl {}
