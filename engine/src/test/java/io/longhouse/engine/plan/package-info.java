/** Tests of the rewriting of plans. */
@NullMarked
package io.longhouse.engine.plan;

import org.jspecify.annotations.NullMarked;
