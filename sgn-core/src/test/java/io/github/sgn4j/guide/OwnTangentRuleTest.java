package io.github.sgn4j.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.autodiff.TangentRule;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.LocalLinearization;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.samediff.SameDiffObjectiveBuilder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code of docs/extending.md on tangent rules: the arc tangent. */
class OwnTangentRuleTest {

  private static final TangentRule ATAN =
      call -> {
        // Depends on the input alone: computed once per linearization, shared by all products.
        SDVariable slope =
            call.shared("slope", () -> call.input(0).mul(call.input(0)).add(1).rdiv(1));
        return List.of(call.tangent(0).mul(slope));
      };

  private static final double H = 1e-6;

  @Test
  void isTheDerivativeOfTheOutput() {
    Nd4j.getRandom().setSeed(1);
    SameDiff model = SameDiff.create();
    SDVariable x = model.placeHolder("x", DataType.DOUBLE, -1, 3);
    SDVariable w = model.var("w", Nd4j.randn(DataType.DOUBLE, 3, 2));
    model.math().atan("y", x.mmul(w));
    SameDiffObjectiveBuilder builder =
        SameDiffObjective.builder(model)
            .output("y")
            .loss(Losses.meanSquaredError())
            .tangentRules(TangentRules.standard().with("atan", ATAN));
    try (SameDiffObjective objective = builder.build()) {
      FlatVector theta = objective.initialParameters();
      FlatVector v = random(theta.length());
      ArrayBatch batch =
          ArrayBatch.of(Nd4j.randn(DataType.DOUBLE, 5, 3), Nd4j.randn(DataType.DOUBLE, 5, 2));

      // J v against central differences of the output.
      FlatVector ahead = theta.copy();
      ahead.axpy(H, v);
      FlatVector behind = theta.copy();
      behind.axpy(-H, v);
      INDArray expected =
          objective.output(ahead, batch).sub(objective.output(behind, batch)).div(2 * H);
      try (LocalLinearization linearization = objective.linearize(theta, batch)) {
        INDArray jv = linearization.jvp(v);
        assertThat(jv.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-8);

        // u.(J v) = v.(J^T u): the adjoint, SameDiff's own, is of the same function.
        INDArray u = Nd4j.randn(DataType.DOUBLE, 5, 2);
        FlatVector jtu = theta.like();
        linearization.vjp(u, jtu);
        assertThat(jtu.dot(v)).isCloseTo(u.mul(jv).sumNumber().doubleValue(), within(1e-12));
        assertThat(jtu.norm()).isPositive();
      }
    }
  }

  private static FlatVector random(int length) {
    Random random = new Random(3);
    return FlatVector.of(Precision.DOUBLE, random.doubles(length, -1, 1).toArray());
  }
}
