package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.curvature.HessianOperator;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.LossFamily;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.WeightDecay;
import io.github.sgn4j.optimizer.CurvatureKind;
import io.github.sgn4j.optimizer.PreconditionerSource;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SgnOptionsBuilder;
import io.github.sgn4j.optimizer.SolverKind;
import io.github.sgn4j.optimizer.StepReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of SGN with weight decay, and with groups of their own damping, whatever solves them. */
class WeightDecayStepsTest {

  private static final double LAMBDA = 0.05;

  private final SameDiffObjective model = SmallModels.classifier().build();
  private final ArrayBatch batch = SmallModels.classes(25, 1);

  @AfterEach
  void close() {
    model.close();
  }

  private Objective decaying(String... patterns) {
    return new WeightDecay(model, LAMBDA, patterns);
  }

  private static SgnOptionsBuilder exact() {
    return SgnOptions.builder()
        .damping(0.02)
        .trustRegion(false)
        .lineSearch(false)
        .cgMaxIterations(500)
        .cgMinIterations(500)
        .cgTolerance(1e-14);
  }

  private double[] direction(Objective objective, SgnOptionsBuilder options) {
    SgnOptimizer optimizer = new SgnOptimizer(objective, options.build());
    optimizer.step(batch);
    return optimizer.direction().toDoubleArray();
  }

  @ParameterizedTest
  @CsvSource({
    "ROW_SPACE, *",
    "DENSE, *",
    "AUTOMATIC, *",
    "ROW_SPACE, w*",
    "DENSE, w*",
    "AUTOMATIC, w*"
  })
  void exactSolversAgreeWithConjugateGradients(SolverKind solver, String pattern) {
    for (CurvatureKind kind :
        new CurvatureKind[] {
          CurvatureKind.GAUSS_NEWTON, CurvatureKind.EMPIRICAL_FISHER, CurvatureKind.SAMPLED_FISHER
        }) {
      double[] expected = direction(decaying(pattern), exact().curvature(kind));

      assertThat(direction(decaying(pattern), exact().curvature(kind).solver(solver)))
          .containsExactly(expected, within(1e-8));
      assertThat(direction(model, exact().curvature(kind))).isNotEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ROW_SPACE", "DENSE", "AUTOMATIC"})
  void exactSolversTakeGroupsWithADampingOfTheirOwn(SolverKind solver) {
    SgnOptionsBuilder options = exact().dampingFactor("w0", 6).dampingFactor("b?", 0.5);
    double[] expected = direction(decaying("w1"), options);

    assertThat(direction(decaying("w1"), options.solver(solver)))
        .containsExactly(expected, within(1e-8));
  }

  @ParameterizedTest
  @EnumSource(names = {"EMPIRICAL_FISHER", "GGN_DIAGONAL", "HUTCHINSON", "GGN_DIAGONAL_IF_LAYERED"})
  void preconditionersChangeTheWayNotTheSolution(PreconditionerSource source) {
    SgnOptionsBuilder preconditioned =
        exact().preconditioner(true).preconditionerSource(source).preconditionerExponent(0.75);

    assertThat(direction(decaying("w*"), preconditioned))
        .containsExactly(direction(decaying("w*"), exact()), within(1e-8));
  }

  /** Marquardt's memory after one step is the diagonal. */
  @ParameterizedTest
  @EnumSource(names = {"EMPIRICAL_FISHER", "GGN_DIAGONAL", "HUTCHINSON"})
  void diagonalsOfTheCurvatureHaveLambda(PreconditionerSource source) {
    SgnOptions options = exact().marquardtScaling(true).preconditionerSource(source).build();
    SgnOptimizer plain = new SgnOptimizer(model, options);
    SgnOptimizer decaying = new SgnOptimizer(decaying("w1"), options);
    plain.step(batch);
    decaying.step(batch);

    FlatVector expected = plain.state().vectors().get("damping scale");
    FlatVector w1 = expected.view(model.parameters().get("w1"));
    for (int i = 0; i < w1.length(); i++) {
      w1.set(i, w1.get(i) + LAMBDA);
    }
    assertThat(decaying.state().vectors().get("damping scale").toDoubleArray())
        .containsExactly(expected.toDoubleArray(), within(1e-14));
  }

  @Test
  void theHessianHasLambda() {
    Objective decaying = decaying("w*");
    FlatVector theta = model.initialParameters();
    FlatVector v = theta.like();
    for (int i = 0; i < v.length(); i++) {
      v.set(i, Math.cos(i));
    }
    FlatVector expected = theta.like();
    FlatVector actual = theta.like();
    new HessianOperator(model, theta, batch).apply(v, expected);
    for (String name : new String[] {"w0", "w1"}) {
      expected
          .view(model.parameters().get(name))
          .axpy(LAMBDA, v.view(model.parameters().get(name)));
    }

    new HessianOperator(decaying, theta, batch).apply(v, actual);

    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-8));
  }

  @Test
  void reportsShowTheRegularisedLoss() {
    WeightDecay decaying = new WeightDecay(model, LAMBDA);
    SgnOptimizer optimizer = new SgnOptimizer(decaying, SgnOptions.defaults());
    double penalty = decaying.penalty(optimizer.theta());
    double data = model.value(optimizer.theta(), batch);

    StepReport report = optimizer.step(batch);

    assertThat(decaying.lossFamily()).isEqualTo(LossFamily.CROSS_ENTROPY);
    assertThat(report.lossBefore()).isEqualTo(data + penalty);
    assertThat(report.lossAfter()).isEqualTo(decaying.value(optimizer.theta(), batch));
    assertThat(report.metric()).isEqualTo(model.evaluate(optimizer.theta(), batch).metric());
  }

  /** More decay, smaller parameters: at the minimum of the regularised loss its gradient is 0. */
  @Test
  void trainsToTheMinimumOfTheRegularisedLoss() {
    Objective decaying = decaying("*");
    SgnOptimizer optimizer =
        new SgnOptimizer(
            decaying,
            SgnOptions.builder()
                .damping(1e-3)
                .cgMaxIterations(60)
                .cgMinIterations(60)
                .cgTolerance(1e-12)
                .build());
    for (int i = 0; i < 100; i++) {
      optimizer.step(batch);
    }

    FlatVector gradient = optimizer.theta().like();
    try (Linearization linearization = decaying.linearize(optimizer.theta(), batch)) {
      linearization.gradient(gradient);
    }
    assertThat(gradient.norm()).isLessThan(1e-3 * LAMBDA);
    assertThat(optimizer.theta().norm()).isLessThan(model.initialParameters().norm() / 2);
    try (Linearization linearization = model.linearize(optimizer.theta(), batch)) {
      linearization.gradient(gradient);
    }
    // The data's gradient and the decay's are in balance.
    assertThat(gradient.norm()).isGreaterThan(0.5 * LAMBDA);
    gradient.axpy(LAMBDA, optimizer.theta());
    assertThat(gradient.norm()).isLessThan(1e-3 * LAMBDA);
  }
}
