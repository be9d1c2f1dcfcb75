package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.PlainMlp;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weight decay by hand; on a SameDiff model it runs the contract of objectives. */
class WeightDecayTest {

  private static Quadratic quadratic(Precision precision) {
    return new Quadratic(precision, DenseMatrix.diagonal(1, 2), 3, -0.5);
  }

  /** Parameters w0 (1 x 2), b0 (2), w1 (2 x 1), b1 (1). */
  private static PlainMlp mlp() {
    double[] theta = {1, 2, 3, 4, 5, 6, 7};
    return new PlainMlp(new int[] {1, 2, 1}, PlainMlp.Loss.SQUARED_ERROR, Precision.DOUBLE, theta);
  }

  @ParameterizedTest
  @EnumSource
  void addsToLossGradientAndProducts(Precision precision) {
    Quadratic quadratic = quadratic(precision);
    WeightDecay decay = new WeightDecay(quadratic, 0.5);
    FlatVector theta = decay.initialParameters();
    FlatVector result = theta.like();

    // 1/2 (9 + 2 / 4) and 1/4 (9 + 1/4).
    Evaluation evaluation = decay.evaluate(theta, Quadratic.BATCH);
    assertThat(decay.penalty(theta)).isEqualTo(2.3125);
    assertThat(evaluation.loss()).isEqualTo(4.75 + 2.3125);
    assertThat(evaluation.metric()).isEqualTo(14.75);
    try (Linearization linearization = decay.linearize(theta, Quadratic.BATCH)) {
      assertThat(linearization.evaluation()).isEqualTo(evaluation);
      linearization.gradient(result);
      assertThat(result.toDoubleArray()).containsExactly(3 + 1.5, -1 - 0.25);
      linearization.ggnVectorProduct(FlatVector.of(precision, 4, -8), result);
      assertThat(result.toDoubleArray()).containsExactly(4 + 2, -16 - 4);
      assertThat(linearization.ggnFactor()).isEmpty();
    }
    assertThat(quadratic.calls()).containsOnlyOnce("linearize", "close");
    assertThat(decay.inner()).isSameAs(quadratic);
    assertThat(decay.inner().value(theta, Quadratic.BATCH)).isEqualTo(4.75);
  }

  @Test
  void zeroChangesNothing() {
    WeightDecay decay = new WeightDecay(quadratic(Precision.DOUBLE), 0);

    assertThat(decay.value(decay.initialParameters(), Quadratic.BATCH)).isEqualTo(4.75);
  }

  @Test
  void takesTheParametersThatAreNamed() {
    PlainMlp mlp = mlp();
    FlatVector theta = mlp.initialParameters();

    assertThat(new WeightDecay(mlp, 2, "w1").penalty(theta)).isEqualTo(25 + 36);
    assertThat(new WeightDecay(mlp, 2, "w*").penalty(theta)).isEqualTo(1 + 4 + 25 + 36);
    assertThat(new WeightDecay(mlp, 2, "?0", "w*").penalty(theta))
        .isEqualTo(1 + 4 + 9 + 16 + 25 + 36);
    WeightDecay matrices = new WeightDecay(mlp, 2, parameter -> parameter.shape().length > 1);
    assertThat(matrices.penalty(theta)).isEqualTo(1 + 4 + 25 + 36);
    assertThat(matrices.decayed()).extracting(Parameter::name).containsExactly("w0", "w1");
  }

  @Test
  void groupsMayHaveALambdaOfTheirOwn() {
    PlainMlp mlp = mlp();
    FlatVector theta = mlp.initialParameters();

    WeightDecay both = new WeightDecay(new WeightDecay(mlp, 2, "w*"), 4, "w1", "b1");

    assertThat(both.penalty(theta)).isEqualTo(2 * (25 + 36 + 49));
    assertThat(((WeightDecay) both.inner()).penalty(theta)).isEqualTo(1 + 4 + 25 + 36);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, 1e39})
  void refusesALambdaOutOfRange(double lambda) {
    assertThatThrownBy(() -> new WeightDecay(quadratic(Precision.FLOAT), lambda))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("lambda = " + lambda);
  }

  @Test
  void refusesParametersThatAreNotThere() {
    assertThatThrownBy(() -> new WeightDecay(mlp(), 1, "w0", "v*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no parameter matches 'v*'; there are [w0, b0, w1, b1]");
    assertThatThrownBy(() -> new WeightDecay(mlp(), 1, parameter -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight decay of no parameter; there are [w0, b0, w1, b1]");
  }

  @Test
  void handsEverythingElseThrough() {
    Quadratic quadratic = quadratic(Precision.FLOAT);
    WeightDecay decay = new WeightDecay(quadratic, 0.1);
    FlatVector theta = decay.initialParameters();

    decay.publish(theta);

    assertThat(quadratic.published().toDoubleArray()).isEqualTo(theta.toDoubleArray());
    assertThat(decay.parameters()).isSameAs(quadratic.parameters());
    assertThat(decay.precision()).isEqualTo(Precision.FLOAT);
    assertThat(decay.lossFamily()).isEqualTo(LossFamily.OTHER);
    assertThat(decay.fixesBatchSize()).isFalse();
    assertThat(decay.coupling(theta, Quadratic.BATCH)).isEmpty();
    assertThat(decay.lambda()).isCloseTo(0.1, within(1e-8)).isEqualTo(0.1f);
  }
}
