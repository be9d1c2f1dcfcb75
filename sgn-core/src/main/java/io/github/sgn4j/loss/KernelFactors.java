package io.github.sgn4j.loss;

/**
 * The factors of one kernel's loss at its last value; made when they are first asked for and then
 * filled anew.
 */
abstract class KernelFactors {

  final int samples;
  final int outputs;
  private final SampleRandom random = new SampleRandom();
  private GradientColumns gradients;

  KernelFactors(int samples, int outputs) {
    this.samples = samples;
    this.outputs = outputs;
  }

  /** A root of the Hessian of a mean over {@code batchSamples}. */
  abstract HeapFactor root(int batchSamples);

  /**
   * The gradient of each sample's own loss with respect to its output, times a scale.
   *
   * @param result [samples, outputs]
   */
  abstract void gradients(double scale, double[] result);

  /**
   * The gradient of one sample's loss for a target drawn from the model's distribution, times a
   * scale, such that the expectation of g g^T is scale^2 times the sample's Hessian.
   *
   * @param result [samples, outputs], of which the sample's row is written
   */
  abstract void drawnGradient(int sample, SampleRandom draw, double scale, double[] result);

  final int columns(FactorKind kind) {
    return switch (kind.matrix()) {
      case GAUSS_NEWTON -> outputs;
      case EMPIRICAL_FISHER -> 1;
      case SAMPLED_FISHER -> kind.draws();
    };
  }

  final LossFactor of(FactorKind kind, int firstSample, int batchSamples) {
    return switch (kind.matrix()) {
      case GAUSS_NEWTON -> root(batchSamples);
      case EMPIRICAL_FISHER -> {
        GradientColumns result = columns(1);
        gradients(1 / Math.sqrt(batchSamples), result.gradients(0));
        yield result;
      }
      case SAMPLED_FISHER -> drawn(kind, firstSample, batchSamples);
    };
  }

  private GradientColumns drawn(FactorKind kind, int firstSample, int batchSamples) {
    GradientColumns result = columns(kind.draws());
    double scale = 1 / Math.sqrt((double) batchSamples * kind.draws());
    for (int n = 0; n < samples; n++) {
      random.start(kind.seed(), firstSample + (long) n);
      for (int k = 0; k < kind.draws(); k++) {
        drawnGradient(n, random, scale, result.gradients(k));
      }
    }
    return result;
  }

  private GradientColumns columns(int count) {
    if (gradients == null || gradients.columns() != count) {
      gradients = new GradientColumns(samples, outputs, count);
    }
    return gradients;
  }
}
