package io.longhouse.sql.ast;

/** {@code CHECK ALL TABLES}. */
public record CheckAllTables() implements MaintenanceStatement {}
