package io.github.sgn4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.SgdOptimizer;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.testkit.DenseMatrix;
import io.github.sgn4j.testkit.Quadratic;
import io.github.sgn4j.training.EarlyStopping.Goal;
import io.github.sgn4j.training.TrainingResult.EndReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  private final Quadratic objective = new Quadratic(Precision.DOUBLE, DenseMatrix.diagonal(1), 8);
  // Halves theta in each step, one step an epoch.
  private final SgdOptimizer optimizer =
      new SgdOptimizer(objective, SgdOptions.builder().learningRate(0.5).build());
  private final List<Checkpoint> saved = new ArrayList<>();

  /** A run whose evaluations give these numbers, one an epoch; the first is epoch first's. */
  private Trainer.Builder trainer(EarlyStopping stopping, int first, double... values) {
    int[] epoch = {first - 1};
    return Trainer.builder(optimizer, number -> List.of(Quadratic.BATCH).iterator())
        .epochs(values.length)
        .evaluation(
            theta -> {
              double value = values[epoch[0]++];
              return new Evaluation(value, 100 + value);
            })
        .callback(stopping)
        .checkpoints(saved::add, CheckpointInterval.atEndOnly());
  }

  private TrainingResult run(EarlyStopping stopping, double... values) {
    return trainer(stopping, 1, values).build().run();
  }

  @Test
  void endsAfterSoManyEpochsWithoutImprovement() {
    EarlyStopping stopping = EarlyStopping.builder(2).build();

    TrainingResult result = run(stopping, 5, 3, 4, 2, 2, 9, 1, 1);

    assertThat(result.reason()).isEqualTo(EndReason.EARLY_STOPPING);
    assertThat(result.epochs()).hasSize(6).allMatch(EpochReport::complete);
    assertThat(result.detail())
        .isEqualTo("the loss has not become better for 2 epochs: it was 2.00000 after epoch 4");
    assertThat(stopping.best()).isEqualTo(2);
    assertThat(stopping.bestEpoch()).isEqualTo(4);
    assertThat(result.keptEpoch()).isZero();
    assertThat(result.solution()).isSameAs(optimizer.theta());
  }

  @Test
  void handsOutTheBestEpochsSolutionIfAsked() {
    TrainingResult result =
        run(EarlyStopping.builder(2).restoreBest(true).build(), 5, 3, 4, 4, 1, 1);

    assertThat(result.reason()).isEqualTo(EndReason.EARLY_STOPPING);
    assertThat(result.keptEpoch()).isEqualTo(2);
    assertThat(result.solution().get(0)).isEqualTo(8.0 / 4);
    assertThat(objective.published().get(0)).isEqualTo(8.0 / 4);
    assertThat(result.last().get(0)).isEqualTo(8.0 / 16);
  }

  @Test
  void handsItOutHoweverTheRunEnds() {
    TrainingResult result = run(EarlyStopping.builder(20).restoreBest(true).build(), 5, 3, 4, 4);

    assertThat(result.reason()).isEqualTo(EndReason.EPOCHS);
    assertThat(result.keptEpoch()).isEqualTo(2);
    assertThat(objective.published().get(0)).isEqualTo(8.0 / 4);
  }

  @Test
  void smallChangesDoNotCount() {
    TrainingResult result =
        run(EarlyStopping.builder(3).minImprovement(0.5).build(), 5, 4.75, 4.5, 4.25, 4, 4);
    // 5 - 4.25 counts.
    assertThat(result.reason()).isEqualTo(EndReason.EPOCHS);

    assertThat(run(EarlyStopping.builder(3).minImprovement(1).build(), 5, 4.5, 4, 4, 1).epochs())
        .hasSize(4);
  }

  @Test
  void watchesMetricsUpwardsAndDownwards() {
    EarlyStopping up = EarlyStopping.builder(2).goal(Goal.HIGHER_METRIC).build();
    assertThat(run(up, 1, 2, 3, 2, 3, 9).epochs()).hasSize(5);
    assertThat(up.best()).isEqualTo(103);

    EarlyStopping down = EarlyStopping.builder(2).goal(Goal.LOWER_METRIC).build();
    TrainingResult result = run(down, 3, 2, 3, 2, 1);
    assertThat(result.epochs()).hasSize(4);
    assertThat(result.detail()).startsWith("the metric has not become better for 2 epochs: ");
    assertThat(down.best()).isEqualTo(102);
  }

  @Test
  void anEpochWithoutANumberIsNoImprovement() {
    EarlyStopping stopping = EarlyStopping.builder(2).build();

    assertThat(run(stopping, 5, Double.NaN, Double.POSITIVE_INFINITY, 1).epochs()).hasSize(3);
    assertThat(stopping.bestEpoch()).isEqualTo(1);
  }

  @Test
  void refusesARunWithoutAnEvaluation() {
    Trainer trainer = trainer(EarlyStopping.builder(2).build(), 1, Double.NaN).build();

    assertThatThrownBy(trainer::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("give the trainer an evaluation");
  }

  @Test
  void anotherRunBeginsAnew() {
    EarlyStopping stopping = EarlyStopping.builder(2).build();
    run(stopping, 1, 2, 2);

    assertThat(run(stopping, 5, 4, 3).epochs()).hasSize(3);
    assertThat(stopping.best()).isEqualTo(3);
  }

  @Test
  void aRunThatIsNotResumedBeginsAnewWhateverItTook() {
    EarlyStopping stopping = EarlyStopping.builder(2).build();
    run(stopping, 1, 2, 2);
    stopping.restore(stopping.save());

    assertThat(run(stopping, 5, 4, 3).epochs()).hasSize(3);
    assertThat(stopping.best()).isEqualTo(3);
  }

  @Test
  void refusesToGoOnWithAnotherGoalOrWithoutTheKeptSolution() {
    byte[] state = EarlyStopping.builder(2).goal(Goal.HIGHER_METRIC).build().save();
    EarlyStopping other = EarlyStopping.builder(2).restoreBest(true).build();

    assertThatThrownBy(() -> other.restore(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the checkpoint is of another early stopping: goal HIGHER_METRIC there, LOWER_LOSS"
                + " here; restoreBest false there, true here");
    assertThat(other.bestEpoch()).isZero();
  }

  @Test
  void goesOnFromACheckpoint() {
    double[] values = {5, 3, 4, 4, 4, 9};
    EarlyStopping first = EarlyStopping.builder(3).restoreBest(true).build();
    trainer(first, 1, values).epochs(3).build().run();

    EarlyStopping second = EarlyStopping.builder(3).restoreBest(true).build();
    TrainingResult result = trainer(second, 4, values).resume(saved.get(0)).build().run();

    assertThat(result.reason()).isEqualTo(EndReason.EARLY_STOPPING);
    assertThat(result.epochs()).hasSize(5);
    assertThat(result.keptEpoch()).isEqualTo(2);
    assertThat(objective.published().get(0)).isEqualTo(8.0 / 4);
  }

  @Test
  void aRunThatItEndedStaysEndedUnlessItsPatienceGrows() {
    double[] values = {5, 3, 4, 4, 2, 9};
    run(EarlyStopping.builder(2).build(), values);
    assertThat(saved).hasSize(1);

    TrainingResult again =
        trainer(EarlyStopping.builder(2).build(), 5, values).resume(saved.get(0)).build().run();
    assertThat(again.reason()).isEqualTo(EndReason.EARLY_STOPPING);
    assertThat(again.epochs()).hasSize(4);

    TrainingResult longer =
        trainer(EarlyStopping.builder(3).build(), 5, values).resume(saved.get(0)).build().run();
    assertThat(longer.reason()).isEqualTo(EndReason.EPOCHS);
    assertThat(longer.epochs()).hasSize(6);
  }

  @Test
  void refusesOptionsAndStatesOutOfRange() {
    assertThatThrownBy(() -> EarlyStopping.builder(0))
        .hasMessage("option patience = 0: must be at least 1");
    for (double value : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> EarlyStopping.builder(1).minImprovement(value))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("minImprovement = " + value);
    }
    EarlyStopping stopping = EarlyStopping.builder(1).build();
    assertThatThrownBy(() -> stopping.restore(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17 bytes, not 3");
    byte[] saved = stopping.save();
    saved[8] = -1;
    assertThatThrownBy(() -> stopping.restore(saved)).isInstanceOf(IllegalArgumentException.class);
  }
}
