/**
 * From syntax tree to plan: names are resolved to columns, functions to implementations, types are
 * checked. A {@link io.longhouse.engine.analyze.Frame} says what names mean at a place; {@link
 * io.longhouse.engine.analyze.Expressions} turns expressions into typed ones; {@link
 * io.longhouse.engine.analyze.SelectAnalysis} puts the clauses of one SELECT together.
 */
@NullMarked
package io.longhouse.engine.analyze;

import org.jspecify.annotations.NullMarked;
