package io.longhouse.format;

/** How far a query is, in absolute numbers. */
public record OutputProgress(long readRows, long readBytes, long totalRowsToRead, long elapsedNs) {}
