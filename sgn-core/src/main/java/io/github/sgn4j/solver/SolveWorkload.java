package io.github.sgn4j.solver;

import java.util.List;

/**
 * What a solve costs depends on this.
 *
 * @param parameters P, at least 1
 * @param samples N, those that the curvature is a mean of, at least 1
 * @param outputs K, the factor's rows for each sample, at least 1
 * @param layers the network's layers with weights; empty if unknown, three layers of equal width
 *     are assumed then
 * @param iterations that conjugate gradients would be given, at least 1
 * @param memory in bytes that a solve may take, 0 or more
 * @param layered whether the factor's rows can be had layer by layer ({@link
 *     io.github.sgn4j.objective.CurvatureFactor#isLayered})
 */
public record SolveWorkload(
    int parameters,
    int samples,
    int outputs,
    List<Layer> layers,
    int iterations,
    long memory,
    boolean layered) {

  /** A layer's numbers of inputs and outputs. */
  public record Layer(int inputs, int outputs) {}

  /** Checks the ranges. */
  public SolveWorkload {
    requirePositive("parameters", parameters);
    requirePositive("samples", samples);
    requirePositive("outputs", outputs);
    requirePositive("iterations", iterations);
    if (memory < 0) {
      throw new IllegalArgumentException("memory = " + memory + ": must be at least 0");
    }
    layers = List.copyOf(layers);
    for (Layer layer : layers) {
      requirePositive("layer inputs", layer.inputs());
      requirePositive("layer outputs", layer.outputs());
    }
  }

  /** N K, the factor's rows. */
  public long rows() {
    return (long) samples * outputs;
  }

  double inputSum() {
    return layers.isEmpty() ? assumedSum() : layers.stream().mapToDouble(Layer::inputs).sum();
  }

  double outputSum() {
    return layers.isEmpty() ? assumedSum() : layers.stream().mapToDouble(Layer::outputs).sum();
  }

  // Three layers of w by w have P = 3 w^2.
  private double assumedSum() {
    return Math.sqrt(3.0 * parameters);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " = " + value + ": must be at least 1");
    }
  }
}
