package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.plan.KernelChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The first thing asked of a fresh workspace may be the gradient, before any product. */
class FirstGradientTest {

  @ParameterizedTest
  @EnumSource
  void equalsTheSecond(KernelChoice kernels) {
    Nd4j.getRandom().setSeed(3);
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.DOUBLE, -1, 3);
    SDVariable w0 = model.var("w0", Nd4j.randn(DataType.DOUBLE, 3, 5));
    SDVariable w1 = model.var("w1", Nd4j.randn(DataType.DOUBLE, 5, 2));
    model.nn().sigmoid(x.mmul(w0)).mmul(w1).rename("y");
    ArrayBatch batch =
        ArrayBatch.of(Nd4j.rand(DataType.DOUBLE, 7, 3), Nd4j.rand(DataType.DOUBLE, 7, 2));

    try (SameDiffObjective objective =
        SameDiffObjective.builder(model)
            .output("y")
            .loss(Losses.meanSquaredError())
            .kernels(kernels)
            .build()) {
      FlatVector theta = objective.initialParameters();
      FlatVector first = theta.like();
      FlatVector second = theta.like();
      try (Linearization linearization = objective.linearize(theta, batch)) {
        linearization.gradient(first);
        linearization.gradient(second);
      }

      assertThat(first.norm()).isPositive();
      assertThat(first.toDoubleArray()).containsExactly(second.toDoubleArray());
    }
  }
}
