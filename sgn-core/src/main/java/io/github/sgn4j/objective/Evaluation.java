package io.github.sgn4j.objective;

/**
 * What one forward pass tells.
 *
 * @param loss mean loss over the samples; may be non-finite
 * @param metric the objective's metric on the same samples (accuracy, say), NaN if it has none
 */
public record Evaluation(double loss, double metric) {}
