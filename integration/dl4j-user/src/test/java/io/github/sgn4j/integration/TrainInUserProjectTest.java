package io.github.sgn4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.DataSetBatches;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.Trainer;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** SGN in a project that has SameDiff, and slf4j's older API, from deeplearning4j-core. */
class TrainInUserProjectTest {

  @Test
  void trainsASameDiffModelOnADeeplearning4jIterator() {
    Nd4j.getRandom().setSeed(7);
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.FLOAT, -1, 4);
    SDVariable w0 = model.var("w0", Nd4j.randn(DataType.FLOAT, 4, 8));
    SDVariable b0 = model.var("b0", Nd4j.zeros(DataType.FLOAT, 1, 8));
    SDVariable w1 = model.var("w1", Nd4j.randn(DataType.FLOAT, 8, 2));
    SDVariable b1 = model.var("b1", Nd4j.zeros(DataType.FLOAT, 1, 2));
    model.nn().tanh(x.mmul(w0).add(b0)).mmul(w1).add(b1).rename("logits");
    DataSet all = separableClasses(200);
    ArrayBatch batch = ArrayBatch.of(all.getFeatures(), all.getLabels());

    try (SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .inputs("x")
            .output("logits")
            .loss(Losses.softmaxCrossEntropy())
            .metric(Metrics.accuracy())
            .build()) {
      Evaluation before = objective.evaluate(objective.initialParameters(), batch);
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      var batches = DataSetBatches.of(new ListDataSetIterator<>(all.asList(), 50));

      var result = Trainer.builder(sgn, batches).epochs(5).build().run();

      Evaluation after = objective.evaluate(sgn.theta(), batch);
      assertThat(result.steps()).isEqualTo(20);
      assertThat(after.loss()).isLessThan(before.loss() / 4);
      assertThat(after.metric()).isGreaterThan(0.95);
      INDArray fromModel = model.output(Map.of("x", all.getFeatures()), "logits").get("logits");
      INDArray fromPlan = objective.output(sgn.theta(), batch);
      assertThat(fromModel.sub(fromPlan).amaxNumber().doubleValue()).isLessThan(1e-3);
    }
  }

  @Test
  void seesNd4jOnce() throws IOException {
    assertThat(copiesOf(SameDiff.class)).hasSize(1);
    assertThat(copiesOf(Nd4j.class)).hasSize(1);
    assertThat(copiesOf(org.slf4j.Logger.class)).hasSize(1);
  }

  private static DataSet separableClasses(int samples) {
    INDArray features = Nd4j.rand(DataType.FLOAT, samples, 4).muli(2).subi(1);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, samples, 2);
    for (int i = 0; i < samples; i++) {
      boolean above = features.getDouble(i, 0) + features.getDouble(i, 1) > 0;
      labels.putScalar(i, above ? 1 : 0, 1);
    }
    return new DataSet(features, labels);
  }

  private static List<URL> copiesOf(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    return Collections.list(type.getClassLoader().getResources(file));
  }
}
