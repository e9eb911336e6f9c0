/** HTTP, native TCP, configuration and main: the module that sees and wires everything. */
@NullMarked
package io.longhouse.server;

import org.jspecify.annotations.NullMarked;
