/**
 * Geometry on the plane and on the globe: points are tuples of two floating-point numbers, rings
 * arrays of points, polygons arrays of rings (the first is the outer one), multipolygons arrays of
 * polygons.
 */
@NullMarked
package io.longhouse.function.scalar.geo;

import org.jspecify.annotations.NullMarked;
