package io.github.sgn4j.loss;

import java.util.function.IntToDoubleFunction;

/**
 * Factors of a mean over entries, K of them for each sample. The Hessian is diagonal, with l''/(N
 * K); a sample's own loss is the mean over its entries, with gradient l'/K. A target is drawn for
 * each entry by itself, and its l' has mean 0 and variance l''; columns l' / sqrt(N K r) of r draws
 * then have the Hessian as their expectation. They are the gradients of the sample's loss times
 * sqrt(K), because a mean over K entries is the negative log-likelihood divided by K.
 */
final class ElementwiseFactors extends KernelFactors {

  private final ElementwiseLoss loss;
  private final IntToDoubleFunction output;
  private final IntToDoubleFunction target;
  private DiagonalRoot root;

  /**
   * Factors for a kernel.
   *
   * @param output entries of the last output
   * @param target entries of the last targets
   */
  ElementwiseFactors(
      ElementwiseLoss loss,
      int samples,
      int outputs,
      IntToDoubleFunction output,
      IntToDoubleFunction target) {
    super(samples, outputs);
    this.loss = loss;
    this.output = output;
    this.target = target;
  }

  @Override
  HeapFactor root(int batchSamples) {
    if (root == null) {
      root = new DiagonalRoot(samples, outputs);
    }
    double entries = (double) batchSamples * outputs;
    for (int i = 0; i < samples * outputs; i++) {
      double y = output.applyAsDouble(i);
      root.set(i, Math.sqrt(loss.second(y, target.applyAsDouble(i)) / entries));
    }
    return root;
  }

  @Override
  void gradients(double scale, double[] result) {
    for (int i = 0; i < result.length; i++) {
      double first = loss.first(output.applyAsDouble(i), target.applyAsDouble(i));
      result[i] = scale * first / outputs;
    }
  }

  @Override
  void drawnGradient(int sample, SampleRandom draw, double scale, double[] result) {
    double perEntry = scale / Math.sqrt(outputs);
    for (int i = sample * outputs; i < (sample + 1) * outputs; i++) {
      result[i] = perEntry * loss.drawnFirst(output.applyAsDouble(i), draw);
    }
  }
}
