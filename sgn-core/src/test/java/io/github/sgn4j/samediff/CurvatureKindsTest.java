package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.CurvatureKind;
import io.github.sgn4j.optimizer.PreconditionerSource;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SgnOptionsBuilder;
import io.github.sgn4j.optimizer.SolverKind;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.solver.SolveReason;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Steps of SGN on a SameDiff model with each curvature and each solver. */
class CurvatureKindsTest {

  private static final int N = 30;

  private final SameDiffObjective objective = objective();
  private final ArrayBatch batch = batch();

  private static SameDiffObjective objective() {
    return objective(-1);
  }

  private static SameDiffObjective objective(long declaredBatch) {
    SameDiff model = SameDiff.create();
    Nd4j.getRandom().setSeed(3);
    SDVariable x = model.placeHolder("x", DataType.DOUBLE, declaredBatch, 4);
    SDVariable w0 = model.var("w0", Nd4j.randn(DataType.DOUBLE, 4, 6));
    SDVariable b0 = model.var("b0", Nd4j.randn(DataType.DOUBLE, 1, 6));
    SDVariable w1 = model.var("w1", Nd4j.randn(DataType.DOUBLE, 6, 3));
    SDVariable b1 = model.var("b1", Nd4j.zeros(DataType.DOUBLE, 1, 3));
    model.nn().tanh(x.mmul(w0).add(b0)).mmul(w1).add(b1).rename("logits");
    return SameDiffObjective.builder(model)
        .inputs("x")
        .output("logits")
        .parameters("w0", "b0", "w1", "b1")
        .loss(Losses.softmaxCrossEntropy())
        .build();
  }

  private static ArrayBatch batch() {
    Nd4j.getRandom().setSeed(4);
    INDArray x = Nd4j.randn(DataType.DOUBLE, N, 4);
    int[] classes = new int[N];
    for (int i = 0; i < N; i++) {
      classes[i] = x.getDouble(i, 0) > 0 ? 0 : x.getDouble(i, 1) > 0 ? 1 : 2;
    }
    return ArrayBatch.of(x, Nd4j.createFromArray(classes));
  }

  @AfterEach
  void close() {
    objective.close();
  }

  /** Large enough for the Hessian to be positive definite with it. */
  private static SgnOptionsBuilder options(CurvatureKind kind) {
    return SgnOptions.builder()
        .curvature(kind)
        .damping(1)
        .trustRegion(false)
        .lineSearch(false)
        .cgMaxIterations(400)
        .cgMinIterations(400)
        .cgTolerance(1e-13);
  }

  private double[] direction(SgnOptionsBuilder options) {
    SgnOptimizer optimizer = new SgnOptimizer(objective, options.build());
    optimizer.step(batch);
    return optimizer.direction().toDoubleArray();
  }

  @ParameterizedTest
  @EnumSource
  void everyKindLowersTheLoss(CurvatureKind kind) {
    SgnOptimizer optimizer =
        new SgnOptimizer(
            objective,
            options(kind).cgMaxIterations(10).cgMinIterations(10).lineSearch(true).build());
    double first = optimizer.step(batch).lossBefore();
    for (int i = 0; i < 20; i++) {
      optimizer.step(batch);
    }

    assertThat(objective.value(optimizer.theta(), batch)).isLessThan(0.5 * first);
  }

  @Test
  void kindsDiffer() {
    double[] gaussNewton = direction(options(CurvatureKind.GAUSS_NEWTON));

    for (CurvatureKind other : CurvatureKind.values()) {
      if (other != CurvatureKind.GAUSS_NEWTON) {
        assertThat(direction(options(other))).isNotEqualTo(gaussNewton);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROW_SPACE", "DENSE", "AUTOMATIC"})
  void exactSolversAgreeWithConjugateGradients(SolverKind solver) {
    for (CurvatureKind kind :
        new CurvatureKind[] {CurvatureKind.GAUSS_NEWTON, CurvatureKind.EMPIRICAL_FISHER}) {
      double[] expected = direction(options(kind).damping(0.01));

      assertThat(direction(options(kind).damping(0.01).solver(solver)))
          .containsExactly(expected, within(1e-8));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPIRICAL_FISHER", "GGN_DIAGONAL", "HUTCHINSON", "GGN_DIAGONAL_IF_LAYERED"})
  void preconditionersAndMarquardtsScalingChangeTheWayNotTheSolution(PreconditionerSource source) {
    SgnOptionsBuilder plain = options(CurvatureKind.GAUSS_NEWTON).damping(0.01);
    double[] expected = direction(plain);

    assertThat(
            direction(
                plain
                    .preconditioner(true)
                    .preconditionerSource(source)
                    .preconditionerExponent(0.75)))
        .containsExactly(expected, within(1e-8));

    SgnOptimizer scaled =
        new SgnOptimizer(objective, plain.preconditioner(false).marquardtScaling(true).build());
    StepReport report = scaled.step(batch);
    assertThat(report.reason()).isEqualTo(SolveReason.CONVERGED);
    assertThat(scaled.direction().toDoubleArray()).isNotEqualTo(expected);
    double[] dense = direction(plain.solver(SolverKind.DENSE));
    assertThat(scaled.direction().toDoubleArray()).containsExactly(dense, within(1e-8));
  }

  @Test
  void aModelThatDeclaresItsBatchGivesTheCurvatureOfAllSamples() {
    SgnOptions options =
        options(CurvatureKind.GAUSS_NEWTON).damping(0.01).curvatureSamples(10).build();
    try (SameDiffObjective fixed = objective(N)) {
      assertThat(fixed.fixesBatchSize()).isTrue();
      assertThat(new SgnOptimizer(fixed, options).step(batch).curvatureSamples()).isEqualTo(N);
    }
    assertThat(objective.fixesBatchSize()).isFalse();
    assertThat(new SgnOptimizer(objective, options).step(batch).curvatureSamples()).isEqualTo(10);
  }

  @Test
  void refusesWhatTheObjectiveHasNot() {
    Quadratic quadratic = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1, 2), 1, 1);
    SgnOptimizer fisher =
        new SgnOptimizer(quadratic, options(CurvatureKind.EMPIRICAL_FISHER).build());
    FlatVector before = fisher.theta().copy();

    assertThatThrownBy(() -> fisher.step(Quadratic.BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("curvature = EMPIRICAL_FISHER");
    assertThat(fisher.theta().toDoubleArray()).isEqualTo(before.toDoubleArray());
    SgnOptimizer diagonal =
        new SgnOptimizer(
            quadratic,
            options(CurvatureKind.GAUSS_NEWTON)
                .preconditioner(true)
                .preconditionerSource(PreconditionerSource.GGN_DIAGONAL)
                .build());
    assertThatThrownBy(() -> diagonal.step(Quadratic.BATCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HUTCHINSON");
  }
}
