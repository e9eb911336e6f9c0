package io.longhouse.engine.exec;

import java.util.List;
import java.util.function.Supplier;

/**
 * Lanes and the sink they end in.
 *
 * @param lanes makes the lanes when all earlier stages have ended
 */
public record Stage(String name, Supplier<List<Lane>> lanes, Sink sink) {}
