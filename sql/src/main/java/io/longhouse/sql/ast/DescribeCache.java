package io.longhouse.sql.ast;

/** {@code DESCRIBE FILESYSTEM CACHE 'name'}. */
public record DescribeCache(String name) implements ShowStatement {}
