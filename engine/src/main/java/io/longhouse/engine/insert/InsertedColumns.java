package io.longhouse.engine.insert;

import io.longhouse.column.Header;

/** The columns of the query of an INSERT into a table function, known before the function is. */
public record InsertedColumns(Header header) {}
