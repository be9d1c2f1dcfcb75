package io.github.sgn4j.curvature;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/**
 * An estimate of the distribution of a matrix's eigenvalues as masses that sum to 1: the share of
 * the n eigenvalues near lambda is the mass near it.
 *
 * @param masses by ascending value
 */
public record SpectralDensity(List<Mass> masses) {

  /**
   * One mass.
   *
   * @param value where it is
   * @param weight its share, 0 to 1
   */
  public record Mass(double value, double weight) {}

  /** Takes a copy. */
  public SpectralDensity {
    masses = List.copyOf(masses);
  }

  /** The mean of the densities that several starts gave. */
  static SpectralDensity mean(RitzValues... runs) {
    return new SpectralDensity(
        Stream.of(runs)
            .flatMap(run -> masses(run, runs.length))
            .sorted(Comparator.comparingDouble(Mass::value))
            .toList());
  }

  private static Stream<Mass> masses(RitzValues run, int runs) {
    double[] values = run.values();
    double[] weights = run.weights();
    Stream.Builder<Mass> masses = Stream.builder();
    for (int i = 0; i < values.length; i++) {
      masses.add(new Mass(values[i], weights[i] / runs));
    }
    return masses.build();
  }

  /**
   * The mean of f over the eigenvalues, an estimate of trace(f(A)) / n; the identity gives the mean
   * eigenvalue.
   */
  public double mean(DoubleUnaryOperator f) {
    return masses.stream().mapToDouble(m -> m.weight() * f.applyAsDouble(m.value())).sum();
  }

  /** The share of the eigenvalues that are at most that value. */
  public double shareUpTo(double value) {
    return masses.stream().filter(m -> m.value() <= value).mapToDouble(Mass::weight).sum();
  }

  /**
   * The density at t, each mass spread as a normal distribution (Ghorbani et al. 2019, eq. 4).
   *
   * @param width its standard deviation, above 0
   */
  public double smoothed(double t, double width) {
    if (!(width > 0)) {
      throw new IllegalArgumentException("width = " + width + ": must be above 0");
    }
    return mean(value -> Math.exp(-0.5 * Math.pow((t - value) / width, 2)))
        / (width * Math.sqrt(2 * Math.PI));
  }
}
