package io.github.sgn4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HessianOperatorTest {

  private static FlatVector apply(CurvatureOperator operator, FlatVector v) {
    FlatVector result = v.like();
    operator.apply(v, result);
    return result;
  }

  /** max|a - b| / max|b|. */
  private static double error(FlatVector a, double[] b) {
    FlatVector difference = FlatVector.of(Precision.DOUBLE, a.toDoubleArray());
    FlatVector reference = FlatVector.of(Precision.DOUBLE, b);
    difference.axpy(-1, reference);
    return difference.maxAbs() / reference.maxAbs();
  }

  /**
   * H v in double precision by differences of gradients over longer steps, extrapolated: (4 D(h/2)
   * - D(h)) / 3 leaves an error of the order of h^4.
   */
  private static double[] extrapolated(SmallNet net, FlatVector v) {
    double h = 2e-3 / v.norm();
    FlatVector result = difference(net, v, h / 2);
    result.axpby(-1.0 / 3, difference(net, v, h), 4.0 / 3);
    return result.toDoubleArray();
  }

  private static FlatVector difference(SmallNet net, FlatVector v, double h) {
    FlatVector result = v.like();
    FlatVector before = v.like();
    FlatVector at = net.theta.copy();
    at.axpy(h, v);
    net.objective.linearize(at, net.batch).gradient(result);
    at.axpy(-2 * h, v);
    net.objective.linearize(at, net.batch).gradient(before);
    result.axpy(-1, before);
    result.scale(1 / (2 * h));
    return result;
  }

  @Test
  void aQuadraticsHessianIsItsMatrix() {
    DenseMatrix matrix = DenseMatrix.positiveDefinite(5, 1);
    Quadratic objective = new Quadratic(Precision.DOUBLE, matrix, 1, -2, 3, 0.5, 4);
    objective.scaleProducts(7);
    FlatVector v = SmallNet.normal(Precision.DOUBLE, 5, 2);
    HessianOperator hessian =
        new HessianOperator(objective, objective.initialParameters(), Quadratic.BATCH);

    assertThat(hessian.dimension()).isEqualTo(5);
    assertThat(error(apply(hessian, v), apply(matrix, v).toDoubleArray())).isLessThan(1e-9);
  }

  @Test
  void withoutHiddenLayersItIsTheGaussNewtonMatrix() {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 3);
    FlatVector v = SmallNet.normal(Precision.DOUBLE, net.theta.length(), 3);

    double[] exact = apply(net.gaussNewton(), v).toDoubleArray();

    assertThat(error(apply(net.hessian(), v), exact)).isLessThan(1e-9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void isRightToNineDigitsInDoublePrecision(long seed) {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 6, 5, 3);
    FlatVector v = SmallNet.normal(Precision.DOUBLE, net.theta.length(), seed);

    assertThat(error(apply(net.hessian(), v), extrapolated(net, v))).isLessThan(1e-9);
    // The comparison would notice a Gauss-Newton matrix.
    assertThat(error(apply(net.gaussNewton(), v), extrapolated(net, v))).isGreaterThan(0.1);
  }

  @Test
  void isSymmetricUpToItsError() {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 6, 3);
    FlatVector u = SmallNet.normal(Precision.DOUBLE, net.theta.length(), 5);
    FlatVector v = SmallNet.normal(Precision.DOUBLE, net.theta.length(), 6);
    HessianOperator hessian = net.hessian();

    double left = u.dot(apply(hessian, v));

    assertThat(left).isCloseTo(v.dot(apply(hessian, u)), within(1e-8)).isNotZero();
  }

  @Test
  void isIndefiniteWhereTheGaussNewtonMatrixIsNot() {
    SmallNet net = new SmallNet(Precision.DOUBLE, 3, 4, 3);
    double[] hessian = SmallNet.eigenvalues(SmallNet.dense(net.hessian(), Precision.DOUBLE));
    double[] ggn = SmallNet.eigenvalues(SmallNet.dense(net.gaussNewton(), Precision.DOUBLE));

    assertThat(hessian[0]).isLessThan(-1e-3);
    assertThat(hessian[hessian.length - 1]).isGreaterThan(1e-3);
    assertThat(ggn[0]).isGreaterThan(-1e-12);
  }

  @ParameterizedTest
  @CsvSource({"1e-9", "1e-3", "1e9"})
  void theLengthOfTheVectorDoesNotMatter(double length) {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 6, 3);
    FlatVector v = SmallNet.normal(Precision.DOUBLE, net.theta.length(), 7);
    FlatVector scaled = v.copy();
    scaled.scale(length);
    HessianOperator hessian = net.hessian();

    FlatVector product = apply(hessian, scaled);
    product.scale(1 / length);

    assertThat(error(product, apply(hessian, v).toDoubleArray())).isLessThan(1e-8);
  }

  @Test
  void aProductClosesItsTwoLinearizations() {
    Quadratic objective = new Quadratic(Precision.FLOAT, DenseMatrix.diagonal(2, 5), 1, 1);
    HessianOperator hessian =
        new HessianOperator(objective, objective.initialParameters(), Quadratic.BATCH);

    apply(hessian, FlatVector.of(Precision.FLOAT, 1, 0));

    assertThat(objective.calls())
        .containsExactly("linearize", "gradient", "close", "linearize", "gradient", "close");
  }

  @Test
  void staysAtItsTheta() {
    SmallNet net = new SmallNet(Precision.DOUBLE, 4, 6, 3);
    FlatVector v = SmallNet.normal(Precision.DOUBLE, net.theta.length(), 8);
    HessianOperator hessian = net.hessian();
    double[] before = apply(hessian, v).toDoubleArray();

    net.theta.fill(0);

    assertThat(apply(hessian, v).toDoubleArray()).isEqualTo(before);
  }

  @Test
  void aZeroVectorTakesNoGradient() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2, 5), 1, 1);
    HessianOperator hessian =
        new HessianOperator(objective, objective.initialParameters(), Quadratic.BATCH);
    FlatVector result = FlatVector.of(Precision.DOUBLE, 7, 7);

    hessian.apply(FlatVector.of(Precision.DOUBLE, 0, 0), result);

    assertThat(result.toDoubleArray()).containsExactly(0, 0);
    assertThat(objective.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void numbersThatAreNoneShowInTheProduct(double bad) {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2, 5), 1, 1);
    HessianOperator hessian =
        new HessianOperator(objective, objective.initialParameters(), Quadratic.BATCH);

    assertThat(apply(hessian, FlatVector.of(Precision.DOUBLE, 1, bad)).toDoubleArray())
        .containsOnly(Double.NaN);
    objective.scaleGradient(bad);
    assertThat(apply(hessian, FlatVector.of(Precision.DOUBLE, 1, 1)).isFinite()).isFalse();
  }

  @Test
  void refusesAThetaThatDoesNotFit() {
    Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(2, 5), 1, 1);

    assertThatThrownBy(
            () ->
                new HessianOperator(objective, FlatVector.of(Precision.DOUBLE, 1), Quadratic.BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("theta of 1 DOUBLE does not go with an objective of 2 DOUBLE");
    assertThatThrownBy(
            () ->
                new HessianOperator(
                    objective, FlatVector.of(Precision.DOUBLE, 1, Double.NaN), Quadratic.BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("|theta| = NaN: must be finite");
  }
}
