/**
 * ClickHouse's native protocol, packet by packet, as both sides need it: numbers of packets and
 * revisions, and the parts of packets that have a form of their own. Which fields a packet has
 * depends on the smaller of the two sides' revisions.
 */
@NullMarked
package io.longhouse.wire;

import org.jspecify.annotations.NullMarked;
