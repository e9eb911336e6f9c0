/**
 * The syntax tree: records under sealed interfaces, equal by structure. The parser makes it, the
 * formatter prints it, the analyzer resolves it; nothing changes it.
 */
@NullMarked
package io.longhouse.sql.ast;

import org.jspecify.annotations.NullMarked;
