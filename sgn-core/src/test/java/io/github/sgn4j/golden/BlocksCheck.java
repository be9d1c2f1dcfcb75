package io.github.sgn4j.golden;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.PlainMlp;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Building blocks at theta0: loss, output, gradients, and the factors of a Gauss-Newton product.
 */
final class BlocksCheck {

  private static final Set<String> FIELDS =
      Set.of(
          "batch", "p", "loss", "out", "y", "loss_grad_out", "grad_theta", "Jp", "w_HoutJp", "Gp");

  private final TraceFile file;
  private final GoldenModel model;
  private final Comparison comparison;

  BlocksCheck(TraceFile file, GoldenModel model, Comparison comparison) {
    this.file = file;
    this.model = model;
    this.comparison = comparison;
  }

  void run() {
    List<Trace> blocks = file.root().get("blocks").elements();
    if (blocks.isEmpty()) {
      throw new TraceFormatException("there are no blocks");
    }
    blocks.forEach(this::check);
  }

  private void check(Trace block) {
    block.onlyKnows(FIELDS);
    int batch = file.batchIndex(block);
    FlatVector theta = FlatVector.of(Precision.DOUBLE, file.theta0());
    double tolerance = new Saturation(file).at(file.theta0(), batch) ? 1e-6 : 1e-12;
    FlatVector p = FlatVector.of(Precision.DOUBLE, block.vector("p"));

    double[][] output = model.output(theta, batch);
    vector(block, "out", output, tolerance);
    double[][] y =
        file.classification()
            ? Arrays.stream(output).map(PlainMlp::softmax).toArray(double[][]::new)
            : output;
    vector(block, "y", y, tolerance);
    vector(block, "loss_grad_out", model.lossGradient(theta, batch), tolerance);
    double[][] jvp = model.jvp(theta, batch, p);
    vector(block, "Jp", jvp, tolerance);
    vector(block, "w_HoutJp", model.lossHessianProduct(theta, batch, jvp), tolerance);

    try (Linearization linearization = model.objective().linearize(theta, model.batch(batch))) {
      comparison.relative(
          block.place() + ".loss", linearization.value(), block.number("loss"), tolerance);
      FlatVector result = theta.like();
      linearization.gradient(result);
      vector(block, "grad_theta", new double[][] {result.toDoubleArray()}, tolerance);
      linearization.ggnVectorProduct(p, result);
      vector(block, "Gp", new double[][] {result.toDoubleArray()}, tolerance);
    }
    comparison.relative(
        block.place() + ".loss (evaluated)",
        model.objective().value(theta, model.batch(batch)),
        block.number("loss"),
        tolerance);
  }

  private void vector(Trace block, String field, double[][] actual, double tolerance) {
    double[] expected =
        block.isArrayOfArrays(field) ? flat(block.matrix(field)) : block.vector(field);
    comparison.vector(block.place() + "." + field, flat(actual), expected, tolerance);
  }

  static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
