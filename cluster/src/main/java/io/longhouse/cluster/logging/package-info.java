/**
 * What libraries write to SLF4J goes to the platform's {@link System.Logger}, and so to the log
 * that the server writes. Found by SLF4J as a service.
 */
@NullMarked
package io.longhouse.cluster.logging;

import org.jspecify.annotations.NullMarked;
