package io.github.sgn4j.examples.model;

/**
 * A fully connected layer.
 *
 * @param name its name in the architecture, for messages
 * @param outputSize width of its output
 * @param activation applied to it
 */
public record DenseLayer(String name, int outputSize, Activation activation) {}
