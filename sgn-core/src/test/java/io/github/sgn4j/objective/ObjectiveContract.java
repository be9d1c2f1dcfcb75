package io.github.sgn4j.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.testkit.FactorChecks;
import java.util.Optional;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every objective in double precision, and its linearizations, promise. */
public abstract class ObjectiveContract {

  private final Random random = new Random(42);
  private Objective objective;
  private Batch batch;
  private FlatVector theta;

  /** A smooth objective in double precision, of a hundred parameters or less; closed here. */
  protected abstract Objective create();

  /** A batch for it. */
  protected abstract Batch batch();

  @BeforeEach
  final void open() {
    objective = create();
    batch = batch();
    theta = objective.initialParameters();
  }

  @AfterEach
  final void closeIt() {
    objective.close();
  }

  private FlatVector direction() {
    FlatVector v = theta.like();
    for (int i = 0; i < v.length(); i++) {
      v.set(i, random.nextGaussian());
    }
    return v;
  }

  private FlatVector moved(FlatVector v, double step) {
    FlatVector moved = theta.copy();
    moved.axpy(step, v);
    return moved;
  }

  @Test
  final void aLinearizationEvaluatesAsTheObjectiveDoes() {
    try (Linearization linearization = objective.linearize(theta, batch)) {
      assertThat(linearization.evaluation().loss())
          .isCloseTo(objective.value(theta, batch), within(1e-14));
      assertThat(linearization.evaluation().metric())
          .isEqualTo(Double.valueOf(objective.evaluate(theta, batch).metric()));
      assertThat(linearization.sampleCount()).isEqualTo(batch.size());
    }
  }

  @Test
  final void theGradientIsThatOfTheLoss() {
    FlatVector g = theta.like();
    g.fill(Double.NaN);
    try (Linearization linearization = objective.linearize(theta, batch)) {
      linearization.gradient(g);
    }
    assertThat(g.norm()).isPositive();
    double h = 1e-3;
    for (int k = 0; k < 3; k++) {
      FlatVector v = direction();
      v.scale(1 / v.norm());
      double near = objective.value(moved(v, h), batch) - objective.value(moved(v, -h), batch);
      double far =
          objective.value(moved(v, 2 * h), batch) - objective.value(moved(v, -2 * h), batch);
      assertThat(g.dot(v)).isCloseTo((8 * near - far) / (12 * h), within(1e-9 * (1 + g.norm())));
    }
  }

  @Test
  final void productsAreThoseOfASymmetricPositiveMatrix() {
    try (Linearization linearization = objective.linearize(theta, batch)) {
      FlatVector a = direction();
      FlatVector b = direction();
      FlatVector before = a.copy();
      FlatVector ga = theta.like();
      FlatVector gb = theta.like();
      linearization.ggnVectorProduct(a, ga);
      linearization.ggnVectorProduct(b, gb);
      assertThat(a.toDoubleArray()).isEqualTo(before.toDoubleArray());
      assertThat(ga.dot(b)).isCloseTo(gb.dot(a), within(1e-12 * ga.norm() * b.norm()));
      assertThat(a.dot(ga)).isPositive();
      FlatVector mix = a.copy();
      mix.axpby(-2, b, 3);
      FlatVector gMix = theta.like();
      linearization.ggnVectorProduct(mix, gMix);
      ga.axpby(-2, gb, 3);
      assertThat(ga.toDoubleArray())
          .containsExactly(gMix.toDoubleArray(), within(1e-12 * gMix.maxAbs()));
    }
  }

  @Test
  final void theFactorIsThatOfTheProducts() {
    try (Linearization linearization = objective.linearize(theta, batch)) {
      Optional<CurvatureFactor> found = linearization.ggnFactor();
      if (found.isEmpty()) {
        return;
      }
      CurvatureFactor factor = found.get();
      SimpleMatrix a = check(factor);
      SimpleMatrix c = a.transpose().mult(a);
      FlatVector unit = theta.like();
      FlatVector column = theta.like();
      for (int j = 0; j < theta.length(); j++) {
        unit.fill(0);
        unit.set(j, 1);
        linearization.ggnVectorProduct(unit, column);
        if (factor.ridge() != null) {
          c.set(j, j, c.get(j, j) + factor.ridge().get(j));
        }
        assertThat(column.toDoubleArray())
            .containsExactly(c.getColumn(j).getDDRM().getData().clone(), within(1e-12));
      }
    }
  }

  private SimpleMatrix check(CurvatureFactor factor) {
    assertThat(factor.rows()).isEqualTo(batch.size() * factor.columns());
    FactorChecks checks = new FactorChecks(factor, Precision.DOUBLE, 1e-12);
    SimpleMatrix a = checks.matrix();
    checks.products(a);
    if (factor.isLayered()) {
      checks.layers(a);
    }
    return a;
  }

  @Test
  final void fisherFactorsAreConsistent() {
    try (Linearization linearization = objective.linearize(theta, batch)) {
      linearization.empiricalFisherFactor().ifPresent(this::check);
      linearization.sampledFisherFactor(2, 7).ifPresent(this::check);
    }
  }

  @Test
  final void anotherFactorEndsTheUseOfTheFirst() {
    try (Linearization linearization = objective.linearize(theta, batch)) {
      Optional<CurvatureFactor> first = linearization.ggnFactor();
      if (linearization.empiricalFisherFactor().isEmpty() || first.isEmpty()) {
        return;
      }
      FlatVector rows = FlatVector.zeros(Precision.DOUBLE, first.get().rows());
      assertThatThrownBy(() -> first.get().multiply(theta, rows))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  final void laterChangesOfThetaDoNotReachALinearization() {
    FlatVector expected = theta.like();
    FlatVector expectedProduct = theta.like();
    FlatVector v = direction();
    double loss;
    try (Linearization linearization = objective.linearize(theta, batch)) {
      loss = linearization.value();
      linearization.gradient(expected);
      linearization.ggnVectorProduct(v, expectedProduct);
    }
    FlatVector at = theta.copy();
    FlatVector result = theta.like();
    try (Linearization linearization = objective.linearize(at, batch)) {
      at.scale(3);
      linearization.ggnVectorProduct(v, result);
      assertThat(result.toDoubleArray()).isEqualTo(expectedProduct.toDoubleArray());
      linearization.gradient(result);
      assertThat(result.toDoubleArray()).isEqualTo(expected.toDoubleArray());
      assertThat(linearization.value()).isEqualTo(loss);
    }
  }

  @Test
  final void severalLinearizationsMayBeOpen() {
    FlatVector v = direction();
    FlatVector alone = theta.like();
    FlatVector beside = theta.like();
    try (Linearization first = objective.linearize(theta, batch)) {
      first.ggnVectorProduct(v, alone);
      try (Linearization second = objective.linearize(moved(v, 0.1), batch)) {
        second.ggnVectorProduct(v, beside);
        assertThat(beside.toDoubleArray()).isNotEqualTo(alone.toDoubleArray());
        first.ggnVectorProduct(v, beside);
      }
      assertThat(beside.toDoubleArray()).isEqualTo(alone.toDoubleArray());
      first.ggnVectorProduct(v, beside);
      assertThat(beside.toDoubleArray()).isEqualTo(alone.toDoubleArray());
    }
  }

  @Test
  final void aClosedLinearizationIsOfNoUse() {
    Linearization linearization = objective.linearize(theta, batch);
    linearization.close();
    linearization.close();

    assertThatThrownBy(linearization::evaluation).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(linearization::sampleCount).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(linearization::ggnFactor).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> linearization.gradient(theta.like()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> linearization.ggnVectorProduct(theta, theta.like()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  final void refusesAThetaOfAnotherLengthOrPrecision() {
    FlatVector longer = FlatVector.zeros(Precision.DOUBLE, theta.length() + 1);
    FlatVector single = FlatVector.zeros(Precision.FLOAT, theta.length());
    for (FlatVector wrong : new FlatVector[] {longer, single}) {
      assertThatThrownBy(() -> objective.evaluate(wrong, batch))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> objective.linearize(wrong, batch))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
