package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.plan.KernelChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Linearizations are points in time: they do not disturb one another, and they end. */
class LinearizationsTest {

  private static SameDiffObjective objective(KernelChoice kernels) {
    Net net = new Net(DataType.DOUBLE);
    SDVariable h = net.sd.nn.tanh(net.active(5));
    SDVariable normal = net.sd.nn.layerNorm(h, net.parameter(5), net.parameter(5), false, 1);
    normal.mmul("out", net.parameter(5, 2));
    return SameDiffObjective.builder(net.sd)
        .output("out")
        .loss(Losses.meanSquaredError())
        .kernels(kernels)
        .build();
  }

  private static ArrayBatch batch(long seed, int samples) {
    Random random = new Random(seed);
    return ArrayBatch.of(
        Net.normal(random, DataType.DOUBLE, samples, 4),
        Net.normal(random, DataType.DOUBLE, samples, 2));
  }

  /** Loss, gradient and a product, in one array. */
  private static double[] results(Linearization linearization, FlatVector v) {
    FlatVector g = v.like();
    FlatVector gv = v.like();
    linearization.gradient(g);
    linearization.ggnVectorProduct(v, gv);
    double[] all = new double[1 + 2 * v.length()];
    all[0] = linearization.value();
    System.arraycopy(g.toDoubleArray(), 0, all, 1, v.length());
    System.arraycopy(gv.toDoubleArray(), 0, all, 1 + v.length(), v.length());
    return all;
  }

  private static FlatVector moved(FlatVector theta, double by) {
    FlatVector moved = theta.copy();
    for (int i = 0; i < moved.length(); i++) {
      moved.set(i, moved.get(i) + by * Math.sin(i + by));
    }
    return moved;
  }

  @ParameterizedTest
  @EnumSource
  void severalOpenAtOnceAreIndependent(KernelChoice kernels) {
    try (SameDiffObjective objective = objective(kernels)) {
      FlatVector theta = objective.initialParameters();
      FlatVector v = moved(theta.like(), 1);
      List<FlatVector> points =
          List.of(theta, moved(theta, 0.5), theta, moved(theta, 0.25), theta, theta);
      List<ArrayBatch> batches =
          List.of(batch(1, 6), batch(1, 6), batch(2, 6), batch(2, 6), batch(3, 3), batch(4, 1));
      List<double[]> alone = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        try (Linearization one = objective.linearize(points.get(i), batches.get(i))) {
          alone.add(results(one, v));
        }
      }
      List<Linearization> open = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        open.add(objective.linearize(points.get(i), batches.get(i)));
      }
      // An evaluation in between, as a line search makes it, and a closed one.
      objective.value(moved(theta, 2), batches.get(0));
      open.get(1).close();
      for (int i : new int[] {5, 0, 3, 2, 4}) {
        assertThat(results(open.get(i), v)).containsExactly(alone.get(i));
        assertThat(results(open.get(i), v)).containsExactly(alone.get(i));
      }
      open.forEach(Linearization::close);
      assertThat(objective.idleWorkspaces()).isLessThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @EnumSource
  void laterChangesOfThetaDoNotReachIt(KernelChoice kernels) {
    try (SameDiffObjective objective = objective(kernels)) {
      FlatVector theta = objective.initialParameters();
      FlatVector v = moved(theta.like(), 1);
      ArrayBatch batch = batch(1, 6);
      double[] expected;
      try (Linearization fresh = objective.linearize(theta, batch)) {
        expected = results(fresh, v);
      }
      try (LocalLinearization linearization = objective.linearize(theta, batch)) {
        INDArray output = linearization.output();
        theta.fill(0.5);
        assertThat(results(linearization, v)).containsExactly(expected);
        assertThat(linearization.output()).isEqualTo(output);
        // What it gives is a copy.
        linearization.output().assign(0);
        linearization.jvp(v).assign(0);
        assertThat(linearization.output()).isEqualTo(output);
        assertThat(results(linearization, v)).containsExactly(expected);
      }
    }
  }

  @Test
  void aClosedOneRefuses() {
    try (SameDiffObjective objective = objective(KernelChoice.AUTO)) {
      FlatVector theta = objective.initialParameters();
      LocalLinearization linearization = objective.linearize(theta, batch(1, 3));
      INDArray u = linearization.output();
      assertThat(linearization.sampleCount()).isEqualTo(3);
      linearization.close();
      linearization.close();
      assertThat(objective.idleWorkspaces()).isEqualTo(1);
      List<Runnable> uses =
          List.of(
              linearization::evaluation,
              linearization::value,
              linearization::sampleCount,
              linearization::output,
              () -> linearization.gradient(theta.like()),
              () -> linearization.ggnVectorProduct(theta, theta.like()),
              () -> linearization.jvp(theta),
              () -> linearization.vjp(u, theta.like()));
      for (Runnable use : uses) {
        assertThatThrownBy(use::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("this linearization is closed");
      }
    }
  }

  @Test
  void aClosedObjectiveRefuses() {
    SameDiffObjective objective = objective(KernelChoice.AUTO);
    FlatVector theta = objective.initialParameters();
    ArrayBatch batch = batch(1, 3);
    Linearization open = objective.linearize(theta, batch);
    objective.close();
    objective.close();
    open.close();
    assertThat(objective.idleWorkspaces()).isZero();
    assertThatThrownBy(() -> objective.evaluate(theta, batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this objective is closed");
    assertThatThrownBy(() -> objective.linearize(theta, batch))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void vectorsOfOtherSizesAreRefused() {
    try (SameDiffObjective objective = objective(KernelChoice.AUTO)) {
      FlatVector theta = objective.initialParameters();
      FlatVector single = FlatVector.zeros(Precision.FLOAT, theta.length());
      FlatVector longer = FlatVector.zeros(Precision.DOUBLE, theta.length() + 1);
      try (LocalLinearization linearization = objective.linearize(theta, batch(1, 3))) {
        assertThatThrownBy(() -> linearization.gradient(longer))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("the result has " + longer.length() + " elements of DOUBLE;");
        assertThatThrownBy(() -> linearization.ggnVectorProduct(single, theta.like()))
            .hasMessageStartingWith("v has " + theta.length() + " elements of FLOAT;");
        assertThatThrownBy(() -> linearization.ggnVectorProduct(theta, single))
            .hasMessageStartingWith("the result has ");
        assertThatThrownBy(
                () ->
                    linearization.vjp(
                        Net.normal(new Random(1), DataType.DOUBLE, 2, 3), theta.like()))
            .hasMessage("u has shape [2, 3], the output [3, 2]");
      }
    }
  }

  @Test
  void threadsMayEvaluateAtOnce() throws Exception {
    try (SameDiffObjective objective = objective(KernelChoice.AUTO)) {
      FlatVector theta = objective.initialParameters();
      ArrayBatch batch = batch(1, 6);
      Evaluation expected = objective.evaluate(theta, batch);
      double[] gradient = theta.like().toDoubleArray();
      try (Linearization linearization = objective.linearize(theta, batch)) {
        FlatVector g = theta.like();
        linearization.gradient(g);
        gradient = g.toDoubleArray();
      }
      ExecutorService threads = Executors.newFixedThreadPool(3);
      try {
        List<Future<double[]>> futures = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          futures.add(
              threads.submit(
                  () -> {
                    FlatVector g = theta.like();
                    for (int i = 0; i < 20; i++) {
                      assertThat(objective.evaluate(theta, batch)).isEqualTo(expected);
                      try (Linearization linearization = objective.linearize(theta, batch)) {
                        linearization.gradient(g);
                      }
                    }
                    return g.toDoubleArray();
                  }));
        }
        for (Future<double[]> future : futures) {
          assertThat(future.get()).containsExactly(gradient);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }
}
