package io.github.sgn4j.examples.compare;

import java.util.List;
import java.util.Map;

/**
 * What a grid file asks for, lists expanded.
 *
 * @param name of the comparison; null where the file gives none
 * @param command mlp or convnet
 * @param data options of data and network, and those that all configurations share: a text each, or
 *     a list of texts
 * @param budget of each run; null where the file leaves it to the command line
 * @param seeds number of seeds, counted from 1; null likewise
 * @param configurations one or more, with different names
 */
public record Grid(
    String name,
    String command,
    Map<String, Object> data,
    Budget budget,
    Integer seeds,
    List<Configuration> configurations) {}
