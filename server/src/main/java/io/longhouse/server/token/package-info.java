/**
 * JSON Web Tokens: which processors the configuration has, where their keys come from, whether a
 * token is genuine and what it says.
 *
 * <p>Invariants: nothing of a token is believed before its signature was verified with a key of the
 * configuration; which algorithms a key may be used with follows from the key, never from the
 * token; a token is neither logged nor quoted in an error.
 */
@NullMarked
package io.longhouse.server.token;

import org.jspecify.annotations.NullMarked;
