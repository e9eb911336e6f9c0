package io.longhouse.sql.ast;

/** {@code [NOT] LIKE 'pattern'} or {@code [NOT] ILIKE 'pattern'}. */
public record NamePattern(boolean not, boolean caseInsensitive, String pattern) {}
