package io.github.sgn4j.samediff;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.plan.KernelChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class MlpObjectiveTest {

  static SameDiff mlp(DataType type, int... units) {
    Nd4j.getRandom().setSeed(7);
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", type, -1, units[0]);
    for (int i = 1; i < units.length; i++) {
      SDVariable w = sd.var("w" + i, Nd4j.randn(type, units[i - 1], units[i]));
      SDVariable b = sd.var("b" + i, Nd4j.randn(type, units[i]));
      x = x.mmul(w).add(i == units.length - 1 ? "out" : "z" + i, b);
      if (i < units.length - 1) {
        x = sd.nn.sigmoid(x);
      }
    }
    return sd;
  }

  @ParameterizedTest
  @CsvSource({"GENERIC,1", "GENERIC,7", "AUTO,1", "AUTO,7"})
  void derivativesOfARegressionAreExact(KernelChoice kernels, int samples) {
    SameDiff sd = mlp(DataType.DOUBLE, 3, 4, 5, 2);
    SDVariable y = sd.placeHolder("y", DataType.DOUBLE, -1, 2);
    sd.loss.meanSquaredError("loss", y, sd.getVariable("out"), null);
    ArrayBatch batch =
        ArrayBatch.of(
            Nd4j.randn(DataType.DOUBLE, samples, 3), Nd4j.randn(DataType.DOUBLE, samples, 2));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd).lossVariable("loss").kernels(kernels).build()) {
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.jvp(1e-5, 1e-7);
      checks.transpose(1e-13);
      checks.gradient(1e-5, 1e-7);
      checks.gradientAgainst(sd, "loss", 1e-10);
      checks.product(1e-12);
    }
  }

  @ParameterizedTest
  @CsvSource({"GENERIC", "AUTO"})
  void derivativesOfAClassifierAreExact(KernelChoice kernels) {
    SameDiff sd = mlp(DataType.DOUBLE, 3, 4, 5, 3);
    ArrayBatch batch =
        ArrayBatch.of(Nd4j.randn(DataType.DOUBLE, 6, 3), Nd4j.createFromArray(0, 1, 2, 0, 1, 2));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(sd)
            .output("out")
            .loss(Losses.softmaxCrossEntropy())
            .kernels(kernels)
            .build()) {
      ModelChecks checks = new ModelChecks(objective, batch);
      checks.jvp(1e-5, 1e-7);
      checks.transpose(1e-13);
      checks.gradient(1e-5, 1e-7);
      checks.product(1e-12);
    }
  }
}
