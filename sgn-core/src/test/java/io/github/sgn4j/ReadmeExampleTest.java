package io.github.sgn4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.ArrayDataset;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.Trainer;
import io.github.sgn4j.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The README's example works, and the README shows the code that is tested here. */
class ReadmeExampleTest {

  private static final Path README = Path.of("../README.md");
  private static final Path THIS = Path.of("src/test/java/io/github/sgn4j/ReadmeExampleTest.java");

  @Test
  void trainsTheModel() {
    Nd4j.getRandom().setSeed(1);
    INDArray inputs = Nd4j.rand(DataType.FLOAT, 500, 2);
    INDArray targets = inputs.prod(1).reshape(500, 1);
    // README: begin
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.FLOAT, -1, 2);
    SDVariable w0 = model.var("w0", Nd4j.randn(DataType.FLOAT, 2, 16));
    SDVariable b0 = model.var("b0", Nd4j.zeros(DataType.FLOAT, 1, 16));
    SDVariable w1 = model.var("w1", Nd4j.randn(DataType.FLOAT, 16, 1));
    model.nn().sigmoid(x.mmul(w0).add(b0)).mmul(w1).rename("y");

    ArrayDataset data = ArrayDataset.of(inputs, targets); // [500, 2] and [500, 1]
    TrainingResult result;
    try (SameDiffObjective objective =
        SameDiffObjective.builder(model).output("y").loss(Losses.meanSquaredError()).build()) {
      SgnOptimizer sgn = new SgnOptimizer(objective, SgnOptions.defaults());
      result = Trainer.builder(sgn, data.batches(100, 1)).epochs(10).build().run();
    }
    INDArray predicted = model.output(Map.of("x", inputs), "y").get("y"); // the trained model
    // README: end

    double first = result.epochs().get(0).avgLoss();
    double last = result.epochs().get(9).avgLoss();
    assertThat(last).isLessThan(first / 20);
    INDArray error = predicted.sub(targets);
    assertThat(error.mul(error).meanNumber().doubleValue()).isLessThan(2 * last);
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    String example =
        between(Files.readAllLines(THIS), "    // README: begin", "    // README: end")
            .stripIndent();
    String shown = between(Files.readAllLines(README), "```java", "```").stripIndent();

    assertThat(shown).isEqualTo(example);
    assertThat(shown.lines().filter(line -> !line.isBlank()).count()).isLessThan(20);
  }

  private static String between(List<String> lines, String begin, String end) {
    List<String> rest = lines.subList(lines.indexOf(begin) + 1, lines.size());
    return String.join("\n", rest.subList(0, rest.indexOf(end)));
  }
}
