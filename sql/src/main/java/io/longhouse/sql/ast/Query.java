package io.longhouse.sql.ast;

/** What yields rows: a SELECT or several of them combined. */
public sealed interface Query extends Statement permits Select, SetOperation {}
