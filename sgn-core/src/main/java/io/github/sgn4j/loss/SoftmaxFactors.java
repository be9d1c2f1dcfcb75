package io.github.sgn4j.loss;

import java.util.function.IntToDoubleFunction;

/**
 * Factors of the softmax cross-entropy. A sample's own loss has the gradient s p - t, s being the
 * sum of its targets. For a class c drawn from p it is taken as sqrt(s) (p - e_c), so that its
 * square has the expectation s (diag(p) - p p^T), the sample's Hessian; for s = 1 that is the
 * gradient for the target e_c, for s = 0 (a sample that is masked out) zero.
 */
final class SoftmaxFactors extends KernelFactors {

  private final IntToDoubleFunction p;
  private final IntToDoubleFunction target;
  private final IntToDoubleFunction mass;
  private SoftmaxRoot root;

  /**
   * Factors for a kernel.
   *
   * @param p the last probabilities
   * @param target the last targets
   * @param mass sums of the samples' targets
   */
  SoftmaxFactors(
      int samples,
      int classes,
      IntToDoubleFunction p,
      IntToDoubleFunction target,
      IntToDoubleFunction mass) {
    super(samples, classes);
    this.p = p;
    this.target = target;
    this.mass = mass;
  }

  @Override
  HeapFactor root(int batchSamples) {
    if (root == null) {
      root = new SoftmaxRoot(samples, outputs);
    }
    for (int n = 0; n < samples; n++) {
      root.setScale(n, rootOfMass(n) / Math.sqrt(batchSamples));
    }
    for (int i = 0; i < samples * outputs; i++) {
      root.setProbability(i, p.applyAsDouble(i));
    }
    return root;
  }

  private double rootOfMass(int sample) {
    double value = mass.applyAsDouble(sample);
    if (value < 0) {
      throw new IllegalArgumentException(
          "the targets of sample "
              + sample
              + " sum to "
              + value
              + ", which makes its curvature negative; targets are probabilities of classes");
    }
    return Math.sqrt(value);
  }

  @Override
  void gradients(double scale, double[] result) {
    for (int n = 0, i = 0; n < samples; n++) {
      double s = mass.applyAsDouble(n);
      for (int end = i + outputs; i < end; i++) {
        result[i] = scale * (s * p.applyAsDouble(i) - target.applyAsDouble(i));
      }
    }
  }

  @Override
  void drawnGradient(int sample, SampleRandom draw, double scale, double[] result) {
    int start = sample * outputs;
    int drawn = drawClass(start, draw.uniform());
    double factor = scale * rootOfMass(sample);
    for (int i = start; i < start + outputs; i++) {
      result[i] = factor * p.applyAsDouble(i);
    }
    result[drawn] -= factor;
  }

  /** The entry of the class where the sum of probabilities passes u; never one of probability 0. */
  private int drawClass(int start, double u) {
    double left = u;
    int last = start;
    for (int i = start; i < start + outputs; i++) {
      double probability = p.applyAsDouble(i);
      if (probability > 0) {
        last = i;
        left -= probability;
        if (left < 0) {
          break;
        }
      }
    }
    return last;
  }
}
