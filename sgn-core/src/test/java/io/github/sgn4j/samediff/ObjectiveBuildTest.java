package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.autodiff.UnsupportedOpException;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a model must bring along, and what becomes of its variables. */
class ObjectiveBuildTest {

  /** out = tanh(x w0 + b0) w1 + b1. */
  private static SameDiff model(DataType type) {
    Random random = new Random(6);
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", type, -1, 4);
    SDVariable w0 = sd.var("w0", Net.normal(random, type, 4, 5));
    SDVariable b0 = sd.var("b0", Net.normal(random, type, 5));
    SDVariable w1 = sd.var("w1", Net.normal(random, type, 5, 2));
    SDVariable b1 = sd.var("b1", Net.normal(random, type, 2));
    sd.nn.tanh(x.mmul(w0).add(b0)).mmul(w1).add("out", b1);
    return sd;
  }

  private static SameDiffObjectiveBuilder builder(SameDiff sd) {
    return SameDiffObjective.builder(sd).output("out").loss(Losses.meanSquaredError());
  }

  private static ArrayBatch batch(DataType type) {
    Random random = new Random(7);
    return ArrayBatch.of(Net.normal(random, type, 3, 4), Net.normal(random, type, 3, 2));
  }

  private static void assertRefused(SameDiffObjectiveBuilder builder, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void thetaHoldsTheChosenParametersInTheirOrder() {
    SameDiff sd = model(DataType.DOUBLE);
    try (SameDiffObjective objective = builder(sd).parameters("b1", "w0").build()) {
      assertThat(objective.parameters().names()).containsExactly("b1", "w0");
      FlatVector theta = objective.initialParameters();
      assertThat(theta.length()).isEqualTo(2 + 20);
      for (String name : List.of("b1", "w0")) {
        Parameter parameter = objective.parameters().get(name);
        INDArray array = sd.getVariable(name).getArr();
        assertThat(theta.view(parameter).toDoubleArray())
            .containsExactly(array.reshape(array.length()).toDoubleVector());
      }
      new ModelChecks(objective, batch(DataType.DOUBLE)).jvp(1e-4, 1e-8);
    }
    try (SameDiffObjective all = builder(sd).build()) {
      assertThat(all.parameters().names()).containsExactlyInAnyOrder("w0", "b0", "w1", "b1");
    }
  }

  @Test
  void parametersInColumnOrderAreReadRowByRow() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4);
    SDVariable w = sd.var("w", Net.normal(new Random(6), DataType.DOUBLE, 4, 2).dup('f'));
    x.mmul("out", w);
    try (SameDiffObjective objective = builder(sd).build()) {
      FlatVector theta = objective.initialParameters();
      assertThat(theta.get(1)).isEqualTo(w.getArr().getDouble(0, 1));
      assertThat(theta.get(2)).isEqualTo(w.getArr().getDouble(1, 0));
    }
  }

  @Test
  void frozenVariablesKeepTheirValuesAndAreNotInTheta() {
    SameDiff sd = model(DataType.DOUBLE);
    INDArray w0 = sd.getVariable("w0").getArr().dup();
    ArrayBatch batch = batch(DataType.DOUBLE);
    try (SameDiffObjective objective = builder(sd).frozen("w0", "b0").build()) {
      assertThat(objective.parameters().names()).containsExactly("w1", "b1");
      FlatVector theta = objective.initialParameters();
      double before = objective.value(theta, batch);
      // The values at build count, also for shapes that are bound later.
      sd.getVariable("w0").getArr().muli(2);
      assertThat(objective.value(theta, batch)).isEqualTo(before);
      sd.getVariable("w0").getArr().assign(w0);
      theta.scale(1.5);
      objective.publish(theta);
      assertThat(sd.getVariable("w0").getArr()).isEqualTo(w0);
      new ModelChecks(objective, batch).product(1e-12);
    }
  }

  /** An op without a rule stands where nobody differentiates. */
  @Test
  void nothingBelowTheTrainedVariablesIsDifferentiated() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4);
    Random random = new Random(1);
    SDVariable w0 = sd.var("w0", Net.normal(random, DataType.DOUBLE, 4, 5));
    SDVariable w1 = sd.var("w1", Net.normal(random, DataType.DOUBLE, 5, 2));
    sd.math.atan(x.mmul(w0)).mmul("out", w1);
    INDArray before = w0.getArr().dup();
    assertThatThrownBy(builder(sd)::build).isInstanceOf(UnsupportedOpException.class);

    try (SameDiffObjective objective = builder(sd).frozen("w0").build()) {
      new ModelChecks(objective, batch(DataType.DOUBLE)).gradient(1e-5, 1e-7);
      SgnOptimizer optimizer = new SgnOptimizer(objective, SgnOptions.reference());
      for (int i = 0; i < 3; i++) {
        optimizer.step(batch(DataType.DOUBLE));
      }
      objective.publish(optimizer.theta());
    }
    assertThat(sd.getVariable("w0").getArr()).isEqualTo(before);
  }

  @Test
  void publishedValuesGiveTheModelTheObjectivesOutput() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      SameDiff sd = model(type);
      ArrayBatch batch = batch(type);
      try (SameDiffObjective objective = builder(sd).parameters("w1", "b0", "w0", "b1").build()) {
        FlatVector theta = objective.initialParameters();
        for (int i = 0; i < theta.length(); i++) {
          theta.set(i, Math.sin(i + 1));
        }
        objective.publish(theta);
        INDArray expected = objective.output(theta, batch);
        INDArray actual = sd.output(Map.of("x", batch.inputs().get(0)), "out").get("out");
        ModelChecks.assertClose(actual, expected, type == DataType.FLOAT ? 1e-5 : 1e-13);
        assertThat(objective.initialParameters().toDoubleArray())
            .containsExactly(theta.toDoubleArray());
        // A copy: what theta becomes later does not reach the model.
        theta.fill(0);
        assertThat(sd.getVariable("w1").getArr().getDouble(0)).isNotZero();
      }
    }
  }

  @Test
  void evaluationReportsTheMetric() {
    SameDiff sd = model(DataType.DOUBLE);
    ArrayBatch batch = batch(DataType.DOUBLE);
    try (SameDiffObjective with = builder(sd).metric(Metrics.meanSquaredError()).build();
        SameDiffObjective without = builder(sd).build()) {
      Evaluation evaluation = with.evaluate(with.initialParameters(), batch);
      assertThat(evaluation.metric()).isEqualTo(evaluation.loss());
      assertThat(without.evaluate(without.initialParameters(), batch).metric()).isNaN();
    }
  }

  @Test
  void unknownNamesAreRefused() {
    SameDiff sd = model(DataType.DOUBLE);
    assertThatThrownBy(builder(sd).output("logits")::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the model has no variable 'logits' (output); it has [");
    assertThatThrownBy(builder(sd).parameters("w9")::build)
        .hasMessageStartingWith("the model has no variable 'w9' (parameter)");
    assertThatThrownBy(builder(sd).frozen("w9")::build)
        .hasMessage(
            "the model has no trainable variable 'w9' to be frozen; it has [b0, b1, w0, w1]");
    assertThatThrownBy(builder(sd).frozen("out")::build)
        .hasMessageStartingWith("the model has no trainable variable 'out' to be frozen");
    assertThatThrownBy(builder(sd).inputs("image")::build)
        .hasMessageStartingWith("the model has no variable 'image' (input)");
    assertRefused(builder(sd).inputs("w0"), "input 'w0' is not a placeholder");
  }

  @Test
  void parametersMustBeTrainable() {
    SameDiff sd = model(DataType.DOUBLE);
    sd.var("unused", Nd4j.ones(DataType.DOUBLE, 2));
    sd.constant("fixed", Nd4j.ones(DataType.DOUBLE, 2));
    assertRefused(
        builder(sd).parameters("w0", "unused"),
        "the output does not depend on parameter 'unused'; leave it out");
    assertRefused(
        builder(sd).parameters("fixed"),
        "parameter 'fixed' is a CONSTANT; only variables are trained (convertToVariable makes one"
            + " of a constant)");
    assertRefused(builder(sd).parameters("w0", "w0"), "parameter 'w0' is named twice");
    assertRefused(
        builder(sd).frozen("w0", "b0", "w1", "b1"),
        "no trainable variable is left; frozen are [w0, b0, w1, b1]");
    // One that nothing reads is no parameter by default.
    try (SameDiffObjective objective = builder(sd).build()) {
      assertThat(objective.parameters().names()).doesNotContain("unused");
    }
  }

  @Test
  void mixedAndHalfPrecisionAreRefused() {
    SameDiff sd = SameDiff.create();
    SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4);
    SDVariable w = sd.var("w", Nd4j.ones(DataType.DOUBLE, 4, 2));
    SDVariable b = sd.var("b", Nd4j.ones(DataType.FLOAT, 2));
    x.mmul(w).add("out", b.castTo(DataType.DOUBLE));
    assertRefused(
        builder(sd), "parameters 'w' and 'b' are of types DOUBLE and FLOAT; all must be of one");
    SameDiff half = SameDiff.create();
    half.placeHolder("x", DataType.FLOAT16, -1, 4)
        .mmul("out", half.var("w", Nd4j.ones(DataType.FLOAT16, 4, 2)));
    assertRefused(
        builder(half), "parameter 'w' is of type HALF; only FLOAT and DOUBLE are supported");
  }

  @Test
  void everyPlaceholderMustBeBound() {
    SameDiff sd = model(DataType.DOUBLE);
    SDVariable scale = sd.placeHolder("scale", DataType.DOUBLE, -1, 1);
    sd.getVariable("out").mul("scaled", scale);
    assertRefused(
        builder(sd).output("scaled").inputs("x"),
        "the graph reads the placeholder 'scale', which is named neither in inputs(...) nor in"
            + " targets(...)");
    try (SameDiffObjective objective = builder(sd).output("scaled").build()) {
      assertThat(objective.inputs()).containsExactly("x", "scale");
    }
  }

  @Test
  void lossAndOutputMustFitTogether() {
    SameDiff sd = model(DataType.DOUBLE);
    assertRefused(
        SameDiffObjective.builder(sd).loss(Losses.meanSquaredError()),
        "loss(...) needs output(...): what it is applied to");
    assertRefused(builder(sd).lossVariable("out"), "give loss(...) or lossVariable(...), not both");
    assertRefused(builder(sd).targets("y", "z"), "loss(...) reads one target, targets are [y, z]");
  }

  @Test
  void theOutputMustDependOnAParameter() {
    SameDiff sd = model(DataType.DOUBLE);
    sd.nn.tanh("features", sd.getVariable("x"));
    assertRefused(
        builder(sd).output("features"),
        "the output depends on no variable, so that there is nothing to train; are the arguments"
            + " of the loss swapped?");
  }

  @Test
  void nothingIsPrinted() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SameDiff sd = model(DataType.DOUBLE);
      SDVariable y = sd.placeHolder("y", DataType.DOUBLE, -1, 2);
      sd.math.square(sd.getVariable("out").sub(y)).mean("loss");
      try (SameDiffObjective objective =
          SameDiffObjective.builder(sd).output("out").lossVariable("loss").build()) {
        FlatVector theta = objective.initialParameters();
        try (LocalLinearization linearization =
            objective.linearize(theta, batch(DataType.DOUBLE))) {
          linearization.gradient(theta.like());
          linearization.ggnVectorProduct(theta, theta.like());
        }
        objective.publish(theta);
      }
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }
}
