package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.CurvatureFactor;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Linearization;
import io.github.sgn4j.objective.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Factors of batches in shards are those of batches in one piece. */
class FactorShardsTest {

  private static final long MEGABYTE = 1 << 20;

  /** Gauss-Newton, empirical and sampled Fisher. */
  private static final int KINDS = 3;

  private static SameDiffObjectiveBuilder net(int width) {
    Net net = new Net(DataType.DOUBLE);
    SDVariable wide = net.sd.nn.tanh(net.active(width));
    wide.mul(0.05).mmul("out", net.parameter(width, 3));
    return SameDiffObjective.builder(net.sd).output("out").loss(Losses.softmaxCrossEntropy());
  }

  private static ArrayBatch batch(int samples) {
    Random random = new Random(1);
    return ArrayBatch.of(
        Net.normal(random, DataType.DOUBLE, samples, Net.FEATURES),
        Nd4j.createFromArray(random.ints(samples, 0, 3).toArray()));
  }

  private static CurvatureFactor factor(Linearization linearization, int kind) {
    return switch (kind) {
      case 0 -> linearization.ggnFactor().orElseThrow();
      case 1 -> linearization.empiricalFisherFactor().orElseThrow();
      default -> linearization.sampledFisherFactor(2, 11).orElseThrow();
    };
  }

  private static FlatVector waves(int length) {
    FlatVector v = FlatVector.zeros(Precision.DOUBLE, length);
    for (int i = 0; i < length; i++) {
      v.set(i, Math.sin(i));
    }
    return v;
  }

  /** Everything that the factors of a batch give, kind by kind. */
  private static List<double[]> everything(
      SameDiffObjective objective, ArrayBatch batch, boolean matrices) {
    List<double[]> all = new ArrayList<>();
    FlatVector theta = objective.initialParameters();
    try (Linearization linearization = objective.linearize(theta, batch)) {
      for (int kind = 0; kind < KINDS; kind++) {
        CurvatureFactor factor = factor(linearization, kind);
        FlatVector rows = FlatVector.zeros(Precision.DOUBLE, factor.rows());
        factor.multiply(waves(theta.length()), rows);
        all.add(rows.toDoubleArray());
        FlatVector result = theta.like();
        factor.multiplyTransposed(waves(factor.rows()), result);
        all.add(result.toDoubleArray());
        assertThat(factor.isLayered()).isTrue();
        factor.diagonal(result);
        all.add(result.toDoubleArray());
        if (matrices) {
          double[] gram = new double[factor.rows() * factor.rows()];
          factor.gram(gram);
          all.add(gram);
          double[] matrix = new double[factor.rows() * factor.dimension()];
          factor.matrix(matrix);
          all.add(matrix);
        }
      }
    }
    return all;
  }

  private static void assertClose(List<double[]> actual, List<double[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      double[] a = actual.get(i);
      double[] e = expected.get(i);
      assertThat(a).hasSameSizeAs(e);
      double scale = IntStream.range(0, e.length).mapToDouble(j -> Math.abs(e[j])).max().orElse(0);
      assertThat(scale).isPositive();
      double difference =
          IntStream.range(0, e.length).mapToDouble(j -> Math.abs(a[j] - e[j])).max().orElse(0);
      assertThat(difference).as("result %d", i).isLessThanOrEqualTo(1e-13 * scale);
    }
  }

  @Test
  void shardsGiveWhatOnePieceGives() {
    // 1.5 MB: in one piece, unless a megabyte is all there is.
    ArrayBatch batch = batch(101);
    List<double[]> expected;
    try (SameDiffObjective one = net(600).build()) {
      expected = everything(one, batch, true);
      assertThat(one.lastShards()).isEqualTo("1 of 1");
    }
    for (int threads = 1; threads <= 2; threads++) {
      try (SameDiffObjective objective = net(600).threads(threads).memory(MEGABYTE).build()) {
        assertClose(everything(objective, batch, true), expected);
        assertThat(objective.lastShards()).isNotEqualTo("1 of 1").doesNotStartWith("8 of");
      }
    }
  }

  @Test
  void resultsHaveTheSameBitsForAnyNumberOfThreads() {
    ArrayBatch batch = batch(203);
    List<double[]> expected;
    try (SameDiffObjective one = net(4000).threads(1).build()) {
      expected = everything(one, batch, false);
      assertThat(one.lastShards()).isEqualTo("8 of 8");
    }
    for (int threads = 2; threads <= 3; threads++) {
      try (SameDiffObjective more = net(4000).threads(threads).build()) {
        List<double[]> actual = everything(more, batch, false);
        for (int i = 0; i < actual.size(); i++) {
          assertThat(actual.get(i)).as("result %d", i).isEqualTo(expected.get(i));
        }
      }
    }
  }

  @Test
  void keptShardsSumUpToTheBatch() {
    int samples = 203;
    ArrayBatch batch = batch(samples);
    try (SameDiffObjective objective = net(4000).threads(2).build()) {
      FlatVector theta = objective.initialParameters();
      FlatVector diagonal = theta.like();
      FlatVector sum = theta.like();
      for (int kind = 0; kind < 2; kind++) {
        try (Linearization whole = objective.linearize(theta, batch)) {
          factor(whole, kind).diagonal(diagonal);
        }
        assertThat(objective.lastShards()).isEqualTo("8 of 8");
        sum.fill(0);
        // Too few for shards.
        int step = 15;
        for (int from = 0; from < samples; from += step) {
          int to = Math.min(samples, from + step);
          ArrayBatch part =
              ArrayBatch.of(
                  BoundBatch.samples(batch.inputs().get(0), from, to),
                  BoundBatch.samples(batch.targets().get(0), from, to));
          FlatVector partDiagonal = theta.like();
          try (Linearization linearization = objective.linearize(theta, part)) {
            factor(linearization, kind).diagonal(partDiagonal);
          }
          sum.axpy((double) (to - from) / samples, partDiagonal);
        }
        assertClose(List.of(diagonal.toDoubleArray()), List.of(sum.toDoubleArray()));
      }
    }
  }
}
