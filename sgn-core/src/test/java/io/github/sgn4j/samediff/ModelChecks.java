package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of a model's derivatives against finite differences, SameDiff and themselves. */
final class ModelChecks {

  private final SameDiffObjective objective;
  private final ArrayBatch batch;
  private final FlatVector theta;
  private final Random random = new Random(42);

  ModelChecks(SameDiffObjective objective, ArrayBatch batch) {
    this.objective = objective;
    this.batch = batch;
    this.theta = objective.initialParameters();
  }

  FlatVector theta() {
    return theta;
  }

  FlatVector direction() {
    FlatVector v = theta.like();
    for (int i = 0; i < v.length(); i++) {
      v.set(i, random.nextGaussian());
    }
    return v;
  }

  /** J v against finite differences of the output, of fourth order in the step. */
  void jvp(double step, double tolerance) {
    FlatVector v = direction();
    INDArray near = difference(v, step);
    INDArray far = difference(v, 2 * step);
    INDArray expected = near.mul(4).sub(far).div(3);
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      assertClose(linearization.jvp(v), expected, tolerance);
      assertThat(linearization.jvp(v)).isEqualTo(linearization.jvp(v));
    }
  }

  private INDArray difference(FlatVector v, double step) {
    INDArray plus = objective.output(moved(v, step), batch);
    INDArray minus = objective.output(moved(v, -step), batch);
    return plus.sub(minus).castTo(DataType.DOUBLE).div(2 * step);
  }

  private FlatVector moved(FlatVector v, double step) {
    FlatVector moved = theta.copy();
    moved.axpy(step, v);
    return moved;
  }

  /** The output against the one that SameDiff computes. */
  void outputAgainst(SameDiff model, String output, double tolerance) {
    INDArray expected = model.output(placeholders(model), output).get(output);
    assertClose(objective.output(theta, batch), expected, tolerance);
  }

  /** J^T u against SameDiff's gradient of sum(output * u). */
  void vjpAgainst(SameDiff model, String output, double tolerance) {
    if (!model.hasVariable("u")) {
      SDVariable out = model.getVariable(output);
      SDVariable u = model.placeHolder("u", out.dataType());
      model.setLossVariables(out.mul(u).sum("surrogate").name());
    }
    FlatVector jtu = theta.like();
    Map<String, INDArray> placeholders = placeholders(model);
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      INDArray u = normal(linearization.output());
      placeholders.put("u", u);
      linearization.vjp(u, jtu);
    }
    assertGradients(
        jtu, model.calculateGradients(placeholders, objective.parameters().names()), tolerance);
  }

  /** Output, J v and J^T u against those of a model of the same numbers in another precision. */
  void productsAgainst(ModelChecks other, double tolerance) {
    FlatVector v = direction();
    FlatVector otherV = other.theta.like();
    for (int i = 0; i < v.length(); i++) {
      otherV.set(i, v.get(i));
    }
    try (LocalLinearization mine = objective.linearize(theta, batch);
        LocalLinearization theirs = other.objective.linearize(other.theta, other.batch)) {
      assertClose(mine.output(), theirs.output(), tolerance);
      assertClose(mine.jvp(v), theirs.jvp(otherV), tolerance);
      INDArray u = normal(mine.output());
      FlatVector jtu = theta.like();
      FlatVector otherJtu = other.theta.like();
      mine.vjp(u, jtu);
      theirs.vjp(u.castTo(theirs.output().dataType()), otherJtu);
      assertThat(jtu.toDoubleArray())
          .containsExactly(otherJtu.toDoubleArray(), within(tolerance * otherJtu.maxAbs()));
    }
  }

  private INDArray normal(INDArray like) {
    INDArray u = like.dup('c');
    for (long i = 0; i < u.length(); i++) {
      u.putScalar(i, random.nextGaussian());
    }
    return u;
  }

  /** The inner products of J v with u and of v with J^T u. */
  void transpose(double tolerance) {
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      FlatVector v = direction();
      INDArray u = normal(linearization.output());
      INDArray jv = linearization.jvp(v);
      FlatVector jtu = theta.like();
      linearization.vjp(u, jtu);
      double left = jv.mul(u).sumNumber().doubleValue();
      double scale = jv.norm2Number().doubleValue() * u.norm2Number().doubleValue();
      assertThat(Math.abs(left - v.dot(jtu))).isLessThanOrEqualTo(tolerance * scale);
      assertThat(jtu.norm()).isPositive();
    }
  }

  /** The gradient against central differences of the loss. */
  void gradient(double step, double tolerance) {
    FlatVector g = theta.like();
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(g);
      assertThat(linearization.value()).isEqualTo(objective.value(theta, batch));
    }
    for (int k = 0; k < 3; k++) {
      FlatVector v = direction();
      double plus = objective.value(moved(v, step), batch);
      double minus = objective.value(moved(v, -step), batch);
      double expected = (plus - minus) / (2 * step);
      assertThat(Math.abs(g.dot(v) - expected))
          .isLessThanOrEqualTo(tolerance * Math.max(1e-3, g.norm() * v.norm()));
    }
    assertThat(g.norm()).isPositive();
  }

  /** The gradient against SameDiff's own, for a loss variable in the graph. */
  void gradientAgainst(SameDiff model, String lossVariable, double tolerance) {
    FlatVector g = theta.like();
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(g);
    }
    model.setLossVariables(lossVariable);
    assertGradients(
        g,
        model.calculateGradients(placeholders(model), objective.parameters().names()),
        tolerance);
  }

  private Map<String, INDArray> placeholders(SameDiff model) {
    Map<String, INDArray> placeholders = new HashMap<>();
    for (int i = 0; i < objective.inputs().size(); i++) {
      placeholders.put(objective.inputs().get(i), batch.inputs().get(i));
    }
    for (int i = 0; i < objective.targets().size(); i++) {
      if (model.hasVariable(objective.targets().get(i))) {
        placeholders.put(objective.targets().get(i), batch.targets().get(i));
      }
    }
    return placeholders;
  }

  private void assertGradients(
      FlatVector actual, Map<String, INDArray> expected, double tolerance) {
    for (Parameter parameter : objective.parameters().all()) {
      INDArray want = expected.get(parameter.name());
      assertThat(want).as("SameDiff's gradient for %s", parameter).isNotNull();
      assertThat(want.shape()).isEqualTo(parameter.shape());
      double scale = Math.max(1e-6, want.amaxNumber().doubleValue());
      FlatVector got = actual.view(parameter);
      INDArray flat = want.dup('c').reshape(want.length());
      assertThat(got.toDoubleArray())
          .as("gradient of %s", parameter)
          .containsExactly(
              flat.castTo(DataType.DOUBLE).toDoubleVector(), within(tolerance * scale));
    }
  }

  /** Symmetry, linearity and positive definiteness along random directions. */
  void product(double tolerance) {
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      FlatVector a = direction();
      FlatVector b = direction();
      FlatVector ga = theta.like();
      FlatVector gb = theta.like();
      linearization.ggnVectorProduct(a, ga);
      linearization.ggnVectorProduct(b, gb);
      double scale = ga.norm() * b.norm();
      assertThat(Math.abs(ga.dot(b) - gb.dot(a))).isLessThanOrEqualTo(tolerance * scale);
      assertThat(a.dot(ga)).isPositive();
      FlatVector mix = a.copy();
      mix.axpby(-2, b, 3);
      FlatVector gMix = theta.like();
      linearization.ggnVectorProduct(mix, gMix);
      ga.axpby(-2, gb, 3);
      ga.axpy(-1, gMix);
      assertThat(ga.maxAbs()).isLessThanOrEqualTo(tolerance * Math.max(1, gMix.maxAbs()));
    }
  }

  static void assertClose(INDArray actual, INDArray expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double scale = Math.max(1e-6, expected.amaxNumber().doubleValue());
    assertThat(
            actual
                .castTo(DataType.DOUBLE)
                .sub(expected.castTo(DataType.DOUBLE))
                .amaxNumber()
                .doubleValue())
        .isLessThanOrEqualTo(tolerance * scale);
  }
}
