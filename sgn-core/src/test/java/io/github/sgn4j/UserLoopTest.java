package io.github.sgn4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.AccumulatingObjective;
import io.github.sgn4j.objective.BatchGroup;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.WeightDecay;
import io.github.sgn4j.optimizer.NonFiniteException;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.StepReport;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.SameDiffObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** SGN in a loop that its user owns, with nothing but the public API. */
class UserLoopTest {

  private static final int SAMPLES = 240;
  private static final int BATCH = 30;

  /** A network whose first layer was trained elsewhere. */
  private static SameDiff model() {
    Nd4j.getRandom().setSeed(11);
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.FLOAT, -1, 2);
    SDVariable w0 = model.var("features/w", Nd4j.randn(DataType.FLOAT, 2, 12).muli(2));
    SDVariable b0 = model.var("features/b", Nd4j.randn(DataType.FLOAT, 1, 12));
    SDVariable w1 = model.var("head/w1", Nd4j.randn(DataType.FLOAT, 12, 8));
    SDVariable b1 = model.var("head/b1", Nd4j.zeros(DataType.FLOAT, 1, 8));
    SDVariable w2 = model.var("head/w2", Nd4j.randn(DataType.FLOAT, 8, 1));
    SDVariable hidden = model.nn().tanh(x.mmul(w0).add(b0));
    model.nn().tanh(hidden.mmul(w1).add(b1)).mmul(w2).rename("y");
    return model;
  }

  private static ArrayBatch rows(INDArray inputs, INDArray targets, int from, int to) {
    return ArrayBatch.of(
        inputs.get(NDArrayIndex.interval(from, to)), targets.get(NDArrayIndex.interval(from, to)));
  }

  @Test
  void trainsAModelStepByStep() {
    SameDiff model = model();
    INDArray frozen = model.getVariable("features/w").getArr().dup();
    INDArray inputs = Nd4j.rand(DataType.FLOAT, SAMPLES, 2);
    INDArray targets = inputs.prod(1).reshape(SAMPLES, 1);
    List<StepReport> reports = new ArrayList<>();
    double first;
    double last;
    INDArray predicted;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .output("y")
            .loss(Losses.meanSquaredError())
            .frozen("features/w", "features/b")
            .build()) {
      // Two batches a step, weight decay of the matrices, biases damped less.
      WeightDecay regularised =
          new WeightDecay(new AccumulatingObjective(objective), 1e-6, "head/w*");
      SgnOptions options = SgnOptions.defaults().toBuilder().dampingFactor("head/b*", 0.5).build();
      SgnOptimizer sgn = new SgnOptimizer(regularised, options);
      ArrayBatch all = ArrayBatch.of(inputs, targets);
      first = objective.value(sgn.theta(), all);
      for (int epoch = 0; epoch < 10; epoch++) {
        for (int from = 0; from < SAMPLES; from += 2 * BATCH) {
          BatchGroup group =
              BatchGroup.of(
                  rows(inputs, targets, from, from + BATCH),
                  rows(inputs, targets, from + BATCH, from + 2 * BATCH));
          StepReport report = sgn.step(group);
          reports.add(report);
        }
      }
      objective.publish(sgn.theta());
      last = objective.value(sgn.theta(), all);
      predicted = model.output(Map.of("x", inputs), "y").get("y"); // the trained model
    }

    assertThat(last).isLessThan(first / 100);
    assertThat(predicted.sub(targets).norm2Number().doubleValue())
        .isLessThan(2 * Math.sqrt(SAMPLES * last));
    assertThat(model.getVariable("features/w").getArr()).isEqualTo(frozen);
    assertThat(reports).hasSize(40);
    for (int i = 0; i < reports.size(); i++) {
      StepReport report = reports.get(i);
      assertThat(report.step()).isEqualTo(i + 1);
      assertThat(report.lossAfter()).isLessThanOrEqualTo(report.lossBefore());
      assertThat(report.dampingUsed()).isPositive();
      assertThat(report.curvatureSamples()).isEqualTo(2 * BATCH);
    }
  }

  @Test
  void survivesABatchWithNumbersThatAreNone() {
    Nd4j.getRandom().setSeed(1);
    INDArray inputs = Nd4j.rand(DataType.FLOAT, SAMPLES, 2);
    INDArray targets = inputs.prod(1).reshape(SAMPLES, 1);
    INDArray broken = inputs.dup();
    broken.putScalar(3, 1, Double.NaN);
    SgnOptions options =
        SgnOptions.defaults().toBuilder()
            .dampingFactor("features/*", 3)
            .preconditionerAverage(0.9)
            .beta(0.5)
            .build();
    FlatVector undisturbed;
    try (SameDiffObjective objective = objective()) {
      SgnOptimizer sgn = new SgnOptimizer(new WeightDecay(objective, 1e-5), options);
      for (int from = 0; from < SAMPLES; from += BATCH) {
        sgn.step(rows(inputs, targets, from, from + BATCH));
      }
      undisturbed = sgn.theta().copy();
    }
    try (SameDiffObjective objective = objective()) {
      AccumulatingObjective groups = new AccumulatingObjective(new WeightDecay(objective, 1e-5));
      SgnOptimizer sgn = new SgnOptimizer(groups, options);
      for (int from = 0; from < SAMPLES; from += BATCH) {
        if (from == 3 * BATCH) {
          OptimizerState before = sgn.state();
          ArrayBatch bad = rows(broken, targets, 0, BATCH);
          assertThatThrownBy(() -> sgn.step(bad)).isInstanceOf(NonFiniteException.class);
          assertThatThrownBy(() -> sgn.step(BatchGroup.of(rows(inputs, targets, 0, BATCH), bad)))
              .isInstanceOf(NonFiniteException.class)
              .hasMessageContaining("parameters and state are as before the step");
          assertThat(sgn.theta().toDoubleArray()).isEqualTo(before.theta().toDoubleArray());
          assertThat(sgn.stepCount()).isEqualTo(before.stepCount());
        }
        sgn.step(rows(inputs, targets, from, from + BATCH));
      }
      assertThat(sgn.theta().toDoubleArray()).isEqualTo(undisturbed.toDoubleArray());
    }
  }

  private static SameDiffObjective objective() {
    return SameDiffObjective.builder(model()).output("y").loss(Losses.meanSquaredError()).build();
  }
}
