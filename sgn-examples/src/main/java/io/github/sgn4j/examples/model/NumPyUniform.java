package io.github.sgn4j.examples.model;

import org.hipparchus.random.MersenneTwister;

/**
 * The numbers of NumPy's {@code RandomState(seed).uniform}, which are part of NumPy's promise of
 * compatibility: the published runs drew their initial weights with it.
 */
final class NumPyUniform {

  private final MersenneTwister twister;

  /**
   * A generator.
   *
   * @param seed in 0..2^32-1, as NumPy takes it
   */
  NumPyUniform(long seed) {
    twister = new MersenneTwister((int) seed);
  }

  /** The next number, uniform from {@code -bound} up to, but not including, {@code bound}. */
  double within(double bound) {
    return -bound + 2 * bound * next();
  }

  /** In [0, 1), of 27 and 26 bits: unlike {@code nextDouble}, which takes 26 and 26. */
  double next() {
    int high = twister.nextInt() >>> 5;
    int low = twister.nextInt() >>> 6;
    return (high * 0x1p26 + low) * 0x1p-53;
  }
}
