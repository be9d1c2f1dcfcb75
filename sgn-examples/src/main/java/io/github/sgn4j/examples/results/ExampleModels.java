package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.data.TrainTest;
import io.github.sgn4j.examples.model.QuickstartModels;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.samediff.SameDiffObjectiveBuilder;
import io.github.sgn4j.training.Trainer;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Trains Deeplearning4j's two example networks on MNIST, as their documentation does (SameDiff's
 * own training, Adam with a learning rate of 1e-3, L2 of 1e-4, batches of 32) and by SGN with the
 * published runs' options, through the public interface alone.
 */
public final class ExampleModels {

  private static final int SEED = 12345;
  private static final int BATCH = 1000;
  private static final int DOCUMENTED_BATCH = 32;

  private final INDArray trainInputs;
  private final INDArray trainLabels;
  private final INDArray testInputs;
  private final INDArray testTargets;
  private final Consumer<String> progress;

  /**
   * A study.
   *
   * @param mnist rows of pixels in [0, 1] in single precision, with integer classes
   * @param progress told what is being done
   */
  public ExampleModels(TrainTest mnist, Consumer<String> progress) {
    this.trainInputs = mnist.train().inputs();
    this.trainLabels = oneHot(mnist.train().targets());
    this.testInputs = mnist.test().inputs();
    this.testTargets = mnist.test().targets();
    this.progress = progress;
  }

  private static INDArray oneHot(INDArray classes) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, classes.length(), 10);
    for (int i = 0; i < classes.length(); i++) {
      labels.putScalar(i, classes.getInt(i), 1);
    }
    return labels;
  }

  /** Trains everything; a Markdown table. */
  public String table() {
    StringBuilder table =
        new StringBuilder("| network, loss | trained by | epochs | s | test accuracy |\n");
    table.append("|---|---|---|---|---|\n");
    String feedforward = "feed-forward, its own loss";
    table.append(documented(feedforward, feedforward(), QuickstartModels.PROBABILITIES, 2));
    table.append(sgn(feedforward, feedforward(), QuickstartModels.PROBABILITIES, true, 2));
    String cnn = "convolutional, its own loss";
    table.append(documented(cnn, cnn(), "out", 4));
    table.append(sgn(cnn, cnn(), "out", false, 4));
    String logits = "convolutional, cross-entropy of its logits";
    table.append(sgn(logits, cnn(), QuickstartModels.LOGITS, true, 4));
    return table.toString();
  }

  private static SameDiff feedforward() {
    Nd4j.getRandom().setSeed(SEED);
    return QuickstartModels.feedforward();
  }

  private static SameDiff cnn() {
    Nd4j.getRandom().setSeed(SEED);
    return QuickstartModels.cnn();
  }

  private String documented(String name, SameDiff model, String output, int epochs) {
    progress.accept(name + ": SameDiff's own training");
    model.setTrainingConfig(
        new TrainingConfig.Builder()
            .l2(1e-4)
            .updater(new Adam(1e-3))
            .dataSetFeatureMapping(QuickstartModels.INPUT)
            .dataSetLabelMapping(QuickstartModels.LABEL)
            .build());
    DataSet data = new DataSet(trainInputs, trainLabels);
    long start = System.nanoTime();
    model.fit(new ViewIterator(data, DOCUMENTED_BATCH), epochs);
    double seconds = (System.nanoTime() - start) / 1e9;
    return row(name, "SameDiff, Adam", epochs, seconds, accuracy(model, output));
  }

  private String sgn(String name, SameDiff model, String output, boolean named, int epochs) {
    progress.accept(name + ": SGN");
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(model).inputs(QuickstartModels.INPUT);
    if (named) {
      builder.output(output);
    }
    if (output.equals(QuickstartModels.LOGITS)) {
      builder.loss(Losses.softmaxCrossEntropy());
    }
    ArrayDataset data = ArrayDataset.of(trainInputs, trainLabels);
    long start = System.nanoTime();
    try (SameDiffObjective objective = builder.build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.reference());
      Trainer.builder(sgn, data.batches(BATCH, 1)).epochs(epochs).build().run();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return row(name, "SGN", epochs, seconds, accuracy(model, output));
  }

  /** Of the model itself, as SameDiff computes it. */
  private double accuracy(SameDiff model, String output) {
    long hits = 0;
    for (int from = 0; from < testInputs.size(0); from += BATCH) {
      INDArray rows =
          testInputs.get(NDArrayIndex.interval(from, Math.min(from + BATCH, testInputs.size(0))));
      INDArray predicted =
          model.output(Map.of(QuickstartModels.INPUT, rows), output).get(output).argMax(1);
      for (int i = 0; i < predicted.length(); i++) {
        hits += predicted.getInt(i) == testTargets.getInt(from + i) ? 1 : 0;
      }
    }
    return (double) hits / testInputs.size(0);
  }

  private static String row(String name, String by, int epochs, double seconds, double accuracy) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.1f | %.2f %% |%n",
        name,
        by,
        epochs,
        seconds,
        100 * accuracy);
  }
}
