package io.longhouse.sql.ast;

/**
 * {@code {name:Type}}.
 *
 * @param type the text of the type as written, without blanks at its ends
 */
public record QueryParameter(String name, String type) implements Expression {}
