package io.github.sgn4j.training.listener;

import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.Optimizer;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Small runs for listeners to hear of, with what they should have heard. */
final class Runs implements TrainingListener {

  static final int EPOCHS = 2;
  static final int STEPS_PER_EPOCH = 3;

  final List<StepReport> steps = new ArrayList<>();
  final List<EpochReport> epochs = new ArrayList<>();

  private Runs() {}

  /** Two epochs of three steps; the test metric is NaN, as for a regression. */
  static Runs sgn(TrainingListener... listeners) {
    return train(new SgnOptimizer(quadratic(), SgnOptions.reference()), listeners);
  }

  static Runs sgd(TrainingListener... listeners) {
    return train(
        new SgdOptimizer(quadratic(), SgdOptions.builder().learningRate(0.1).build()), listeners);
  }

  private static Quadratic quadratic() {
    return new Quadratic(Precision.DOUBLE, DenseMatrix.positiveDefinite(3, 4), 1, -2, 0.5);
  }

  private static Runs train(Optimizer optimizer, TrainingListener... listeners) {
    Runs runs = new Runs();
    Trainer.Builder trainer =
        Trainer.builder(
                optimizer,
                epoch -> Collections.nCopies(STEPS_PER_EPOCH, Quadratic.BATCH).iterator())
            .epochs(EPOCHS)
            .evaluation(theta -> new Evaluation(theta.norm(), Double.NaN))
            .listener(runs);
    for (TrainingListener listener : listeners) {
      trainer.listener(listener);
    }
    trainer.build().run();
    return runs;
  }

  @Override
  public void onStep(StepReport report, int epoch) {
    steps.add(report);
  }

  @Override
  public void onEpoch(EpochReport report) {
    epochs.add(report);
  }
}
