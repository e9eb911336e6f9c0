/**
 * The log of our programs. Only the launcher puts it in force; an application that embeds Longhouse
 * keeps its own.
 */
@NullMarked
package io.longhouse.client.log;

import org.jspecify.annotations.NullMarked;
