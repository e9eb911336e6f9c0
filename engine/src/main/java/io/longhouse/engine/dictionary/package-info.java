/**
 * Dictionaries: tables of keys and attributes in memory, made from a source and looked up by
 * functions. {@code CREATE DICTIONARY} is a {@link DictionarySpec}, its rows at one moment are
 * {@link DictionaryData}, and {@link DictionaryTable} loads them when they are first wanted and
 * anew when their lifetime is over; a query keeps the rows it began with.
 */
@NullMarked
package io.longhouse.engine.dictionary;

import org.jspecify.annotations.NullMarked;
