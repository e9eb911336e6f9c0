/**
 * A client's connection to the engine: {@link io.longhouse.engine.session.Session} starts
 * statements, {@link io.longhouse.engine.session.RunningQuery} is one under way.
 */
@NullMarked
package io.longhouse.engine.session;

import org.jspecify.annotations.NullMarked;
