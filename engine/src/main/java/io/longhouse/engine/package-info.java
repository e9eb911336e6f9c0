/** Session to result: catalog, analysis, planning, execution, settings and system tables. */
@NullMarked
package io.longhouse.engine;

import org.jspecify.annotations.NullMarked;
