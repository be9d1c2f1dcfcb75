package io.github.sgn4j.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.checkpoint.CheckpointException;
import io.github.sgn4j.checkpoint.CheckpointFolder;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.AccumulatingObjective;
import io.github.sgn4j.objective.Batch;
import io.github.sgn4j.objective.BatchGroup;
import io.github.sgn4j.objective.BatchSource;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Objective;
import io.github.sgn4j.objective.WeightDecay;
import io.github.sgn4j.optimizer.NonFiniteException;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.optimizer.UpdaterOptimizer;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.CheckpointInterval;
import io.github.sgn4j.training.EarlyStopping;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingListener;
import io.github.sgn4j.training.TrainingResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/** The code of docs/tutorial.md. */
class TutorialTest {

  private final List<String> printed = new ArrayList<>();
  private INDArray points;
  private INDArray classes;
  private ArrayDataset train;
  private ArrayDataset test;

  /** Which of three sectors of the plane a point lies in. */
  @BeforeEach
  void makeData() {
    Nd4j.getRandom().setSeed(12);
    points = Nd4j.rand(DataType.FLOAT, 1200, 2).muli(2).subi(1);
    classes = Nd4j.zeros(DataType.FLOAT, 1200, 3);
    for (int i = 0; i < 1200; i++) {
      double angle = Math.atan2(points.getDouble(i, 0), points.getDouble(i, 1));
      classes.putScalar(i, Math.floorMod((int) Math.floor(angle / 2.0944 + 3), 3), 1);
    }
    train = ArrayDataset.of(rows(points, 0, 900), rows(classes, 0, 900));
    test = ArrayDataset.of(rows(points, 900, 1200), rows(classes, 900, 1200));
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private void print(String line) {
    printed.add(line);
  }

  private static SameDiff model() {
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.FLOAT, -1, 2);
    SDVariable w0 = model.var("w0", Nd4j.randn(DataType.FLOAT, 2, 24));
    SDVariable b0 = model.var("b0", Nd4j.zeros(DataType.FLOAT, 1, 24));
    SDVariable w1 = model.var("w1", Nd4j.randn(DataType.FLOAT, 24, 3).muli(0.2));
    SDVariable b1 = model.var("b1", Nd4j.zeros(DataType.FLOAT, 1, 3));
    model.math().tanh(x.mmul(w0).add(b0)).mmul(w1).add("logits", b1);
    return model;
  }

  @Test
  void trainsWithATrainer() {
    SameDiff model = model();
    TrainingResult result;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .output("logits")
            .loss(Losses.softmaxCrossEntropy())
            .metric(Metrics.accuracy())
            .build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      result =
          Trainer.builder(sgn, train.batches(300, 1))
              .epochs(20)
              .evaluation(theta -> objective.evaluate(theta, test.all()))
              .listener(
                  new TrainingListener() {
                    @Override
                    public void onEpoch(EpochReport report) {
                      print(report.epoch() + " " + report.evaluation().metric());
                    }
                  })
              .build()
              .run();
    }
    INDArray logits = model.output(Map.of("x", points), "logits").get("logits");

    assertThat(printed).hasSize(20);
    assertThat(result.steps()).isEqualTo(60);
    assertThat(result.epochs().get(19).evaluation().metric()).isGreaterThan(0.93);
    assertThat(logits.argMax(1).eq(classes.argMax(1)).castTo(DataType.FLOAT).meanNumber())
        .satisfies(right -> assertThat(right.doubleValue()).isGreaterThan(0.93));
  }

  @Test
  void trainsInALoopOfOnesOwn() {
    SameDiff model = model();
    double last = Double.NaN;
    double first = Double.NaN;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .output("logits")
            .loss(Losses.softmaxCrossEntropy())
            .build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      BatchSource batches = train.batches(300, 1);
      for (int epoch = 0; epoch < 5; epoch++) {
        Iterator<Batch> iterator = batches.epoch(epoch);
        while (iterator.hasNext()) {
          try {
            StepReport step = sgn.step(iterator.next());
            print(
                String.format(
                    "step %d: loss %.4f to %.4f, %d CG iterations, damping %.1e, step size %.2f",
                    step.step(),
                    step.lossBefore(),
                    step.lossAfter(),
                    step.cgIterations(),
                    step.dampingUsed(),
                    step.stepSize()));
            last = step.lossAfter();
          } catch (NonFiniteException e) {
            print("skipped a batch: " + e.getMessage()); // theta is as it was before the step
          }
        }
      }
      objective.publish(sgn.theta()); // into the model's variables
      first = objective.value(objective.initialParameters(), train.all());
    }

    assertThat(printed).hasSize(15).allMatch(line -> line.startsWith("step "));
    assertThat(last).isLessThan(0.6);
    // What was published is what the model holds.
    assertThat(first).isLessThan(0.6);
  }

  @Test
  void comparesWithAdam() {
    SameDiff model = model();
    double sgnLoss;
    double adamLoss;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .output("logits")
            .loss(Losses.softmaxCrossEntropy())
            .build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      UpdaterOptimizer adam = new UpdaterOptimizer(objective, new Adam(0.01));
      Trainer.builder(sgn, train.batches(300, 1)).epochs(10).build().run();
      Trainer.builder(adam, train.batches(300, 1)).epochs(10).build().run();
      sgnLoss = objective.value(sgn.theta(), train.all());
      adamLoss = objective.value(adam.theta(), train.all());
    }

    assertThat(sgnLoss).isLessThan(adamLoss);
  }

  @Test
  void takesTheObjectiveApart() {
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model())
            .output("logits")
            .loss(Losses.softmaxCrossEntropy())
            .build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      OptimizerState before = sgn.state();
      FlatVector weights = sgn.theta().view(objective.parameters().get("w1")); // shares storage
      sgn.step(ArrayBatch.of(rows(points, 0, 300), rows(classes, 0, 300)));
      sgn.restore(before); // as if the step had never been

      assertThat(weights.length()).isEqualTo(72);
      assertThat(sgn.theta().toDoubleArray())
          .isEqualTo(objective.initialParameters().toDoubleArray());
    }
  }

  @Test
  void regularisesFreezesGroupsAndAccumulates() {
    ArrayBatch first = ArrayBatch.of(rows(points, 0, 300), rows(classes, 0, 300));
    ArrayBatch second = ArrayBatch.of(rows(points, 300, 500), rows(classes, 300, 500));
    try (SameDiffObjective network =
        SameDiffObjective.builder(model())
            .output("logits")
            .loss(Losses.softmaxCrossEntropy())
            .frozen("b0") // not trained, at no cost
            .build()) {
      // lambda/2 |w|^2 in loss, gradient and curvature; batches taken as one.
      Objective objective = new WeightDecay(new AccumulatingObjective(network), 1e-4, "w*");
      SgnOptions options = SgnOptions.defaults().toBuilder().dampingFactor("b1", 0.5).build();
      SgnOptimizer sgn = new SgnOptimizer(objective, options);
      StepReport step = sgn.step(BatchGroup.of(first, second));

      assertThat(step.lossAfter()).isLessThan(step.lossBefore());
      assertThat(objective.parameters().names()).doesNotContain("b0");
    }
  }

  @Test
  void goesOnFromACheckpoint(@TempDir Path folder) throws CheckpointException {
    for (int run = 0; run < 2; run++) {
      int epochs = run == 0 ? 3 : 8;
      try (SameDiffObjective objective =
          SameDiffObjective.builder(model())
              .output("logits")
              .loss(Losses.softmaxCrossEntropy())
              .metric(Metrics.accuracy())
              .build()) {
        SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
        CheckpointFolder checkpoints = new CheckpointFolder(folder);
        Trainer.Builder trainer =
            Trainer.builder(sgn, train.batches(300, 1))
                .epochs(epochs)
                .evaluation(theta -> objective.evaluate(theta, test.all()))
                .callback(EarlyStopping.builder(5).restoreBest(true).build())
                .checkpoints(checkpoints, CheckpointInterval.everySeconds(60));
        if (checkpoints.holdsAny()) {
          trainer.resume(checkpoints.read().checkpoint());
        }
        TrainingResult result = trainer.build().run();

        assertThat(result.epochs().size()).isLessThanOrEqualTo(epochs);
        assertThat(result.steps()).isEqualTo(3L * result.epochs().size());
      }
    }
  }

  @Test
  void optionsStartFromThePresets() {
    SgnOptions options =
        SgnOptions.defaults().toBuilder().curvatureSamples(500).cgMaxIterations(10).build();

    assertThat(options.curvatureSamples()).isEqualTo(500);
    assertThatThrownBy(() -> SgnOptions.defaults().toBuilder().warmStart(1.5).build())
        .hasMessageContaining("warmStart");
  }
}
