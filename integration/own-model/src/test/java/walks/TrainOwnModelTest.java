package walks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingResult;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A newcomer's own model: with a skip connection and a loss that it declares itself, saved by one
 * program and trained by another. How long a walk takes, by its length, climb and the walker's
 * fitness.
 */
class TrainOwnModelTest {

  @TempDir Path folder;

  @Test
  void trainsAModelFromAFile() {
    Nd4j.getRandom().setSeed(3);
    INDArray walks = Nd4j.rand(DataType.FLOAT, 600, 3);
    INDArray hours = hours(walks);
    File file = folder.resolve("walks.fb").toFile();
    model().save(file, false);

    SameDiff model = SameDiff.load(file, false);
    TrainingResult result;
    try (SameDiffObjective objective = SameDiffObjective.builder(model).build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      ArrayDataset data = ArrayDataset.of(walks, hours);
      result = Trainer.builder(sgn, data.batches(200, 1)).epochs(40).build().run();
    }
    INDArray predicted = model.output(Map.of("walk", walks), "hours").get("hours");

    double variance = hours.sub(hours.meanNumber()).norm2Number().doubleValue();
    assertThat(predicted.sub(hours).norm2Number().doubleValue()).isLessThan(0.05 * variance);
    assertThat(result.epochs()).hasSize(40);
  }

  private static SameDiff model() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("walk", DataType.FLOAT, -1, 3);
    SDVariable y = sd.placeHolder("taken", DataType.FLOAT, -1, 1);
    SDVariable w0 = sd.var("w0", Nd4j.randn(DataType.FLOAT, 3, 12).muli(0.6));
    SDVariable w1 = sd.var("w1", Nd4j.randn(DataType.FLOAT, 12, 12).muli(0.3));
    SDVariable w2 = sd.var("w2", Nd4j.randn(DataType.FLOAT, 12, 1).muli(0.3));
    SDVariable b = sd.var("b", Nd4j.zeros(DataType.FLOAT, 1, 1));
    SDVariable first = sd.math().tanh(x.mmul(w0));
    SDVariable second = first.add(sd.math().tanh(first.mmul(w1)));
    SDVariable hours = second.mmul(w2).add("hours", b);
    sd.setLossVariables(sd.loss().meanSquaredError("loss", y, hours, null));
    return sd;
  }

  /** Length / speed + climb, slower for the unfit. */
  private static INDArray hours(INDArray walks) {
    INDArray length = walks.getColumn(0, true);
    INDArray climb = walks.getColumn(1, true);
    INDArray unfit = walks.getColumn(2, true);
    return length.mul(unfit.add(1)).add(climb.mul(climb)).mul(2);
  }
}
