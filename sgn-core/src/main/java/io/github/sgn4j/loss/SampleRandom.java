package io.github.sgn4j.loss;

/**
 * Random numbers that depend on a seed and a sample's number in the batch alone, so that draws have
 * the same bits however the batch is computed: SplitMix64 (Steele, Lea and Flood 2014), started
 * anew for each sample.
 */
final class SampleRandom {

  private static final long STEP = 0x9e3779b97f4a7c15L;

  private long state;

  /** Starts a sample's numbers. */
  void start(long seed, long sample) {
    // Mixed, since the numbers of one sample go on in steps: no two samples share any.
    state = mix(mix(seed + STEP) + sample);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [0, 1). */
  double uniform() {
    state += STEP;
    return (mix(state) >>> 11) * 0x1.0p-53;
  }

  /** Standard normal, by Marsaglia's polar method. */
  double gaussian() {
    while (true) {
      double x = 2 * uniform() - 1;
      double y = 2 * uniform() - 1;
      double s = x * x + y * y;
      if (s < 1 && s > 0) {
        return x * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }
}
