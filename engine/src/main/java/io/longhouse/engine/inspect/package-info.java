/** SQL functions that ask the server, the catalog or the query they are in. */
@NullMarked
package io.longhouse.engine.inspect;

import org.jspecify.annotations.NullMarked;
