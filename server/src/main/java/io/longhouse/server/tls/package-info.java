/**
 * TLS: contexts of PEM files, and whom certificates are made out to.
 *
 * <p>Invariant: names are only taken from certificates that the handshake has verified.
 */
@NullMarked
package io.longhouse.server.tls;

import org.jspecify.annotations.NullMarked;
