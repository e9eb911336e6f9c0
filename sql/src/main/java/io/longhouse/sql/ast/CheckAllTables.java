package io.longhouse.sql.ast;

import java.util.List;

/** {@code CHECK ALL TABLES}. */
public record CheckAllTables(List<Setting> settings) implements MaintenanceStatement {}
