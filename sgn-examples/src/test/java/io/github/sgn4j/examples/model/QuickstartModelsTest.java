package io.github.sgn4j.examples.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.samediff.SameDiffObjectiveBuilder;
import io.github.sgn4j.training.Trainer;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models that were not made for this library train through its public interface. */
class QuickstartModelsTest {

  private final INDArray inputs = Nd4j.createFromArray(new float[400][784]);
  private final INDArray labels = Nd4j.createFromArray(new float[400][10]);

  /** Class k: noise, and a bright bar across rows 2k + 4 and 2k + 5. */
  @BeforeEach
  void draw() {
    Nd4j.getRandom().setSeed(5);
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      int k = i % 10;
      for (int j = 0; j < 784; j++) {
        boolean bar = j / 56 == k + 2 && j % 28 > 4 && j % 28 < 22;
        inputs.putScalar(i, j, bar ? 1 : 0.3 * random.nextDouble());
      }
      labels.putScalar(i, k, 1);
    }
  }

  @Test
  void theFeedforwardNetworkLearns() {
    // Its loss is composed of basic ops: what it is a function of must be said.
    assertLearns(
        QuickstartModels.feedforward(),
        QuickstartModels.PROBABILITIES,
        builder -> builder.output(QuickstartModels.PROBABILITIES),
        0.95);
  }

  /** Its own loss takes the softmax twice and is flat far from the solution: slower. */
  @Test
  void theConvolutionalNetworkLearnsWithItsOwnLoss() {
    assertLearns(QuickstartModels.cnn(), "out", builder -> builder, 0.3);
  }

  @Test
  void theConvolutionalNetworkLearnsWithALossOnItsLogits() {
    assertLearns(
        QuickstartModels.cnn(),
        QuickstartModels.LOGITS,
        builder -> builder.output(QuickstartModels.LOGITS).loss(Losses.softmaxCrossEntropy()),
        0.95);
  }

  private void assertLearns(
      SameDiff model,
      String output,
      UnaryOperator<SameDiffObjectiveBuilder> options,
      double accuracy) {
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(model).inputs(QuickstartModels.INPUT).metric(Metrics.accuracy());
    ArrayDataset data = ArrayDataset.of(inputs, labels);
    try (SameDiffObjective objective = options.apply(builder).build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.reference());
      Evaluation before = objective.evaluate(sgn.theta(), data.all());
      Trainer.builder(sgn, data.batches(100, 1)).epochs(6).build().run();
      Evaluation after = objective.evaluate(sgn.theta(), data.all());
      assertThat(after.loss()).isLessThan(before.loss());
      assertThat(after.metric()).isGreaterThan(accuracy);
    }
    // The model itself holds what was learned.
    INDArray predicted = model.output(Map.of(QuickstartModels.INPUT, inputs), output).get(output);
    int hits = 0;
    for (int i = 0; i < 400; i++) {
      hits += predicted.getRow(i).argMax(0).getInt(0) == i % 10 ? 1 : 0;
    }
    assertThat(hits / 400.0).isGreaterThan(accuracy);
  }
}
