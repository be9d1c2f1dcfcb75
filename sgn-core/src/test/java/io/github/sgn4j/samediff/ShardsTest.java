package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.metric.Metrics;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.optimizer.SgnOptimizer;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.plan.KernelChoice;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/** Batches computed in shards give what they give in one piece, however little memory there is. */
class ShardsTest {

  private static final int SAMPLES = 203;
  private static final int WIDTH = 4000;
  private static final long MEGABYTE = 1 << 20;

  /** Needs about 100 kB a sample and 20 MB in all. */
  private static Net wideNet(DataType type) {
    Net net = new Net(type);
    SDVariable wide = net.sd.nn.tanh(net.active(WIDTH));
    wide.mul(0.02).mmul("out", net.parameter(WIDTH, 3));
    return net;
  }

  private static SameDiffObjectiveBuilder wide(DataType type) {
    return SameDiffObjective.builder(wideNet(type).sd)
        .output("out")
        .loss(Losses.softmaxCrossEntropy())
        .metric(Metrics.accuracy());
  }

  private static ArrayBatch batch(DataType type, int samples) {
    Random random = new Random(1);
    INDArray x = Net.normal(random, type, samples, Net.FEATURES);
    return ArrayBatch.of(x, Nd4j.createFromArray(random.ints(samples, 0, 3).toArray()));
  }

  private static FlatVector direction(FlatVector theta) {
    FlatVector v = theta.like();
    for (int i = 0; i < v.length(); i++) {
      v.set(i, Math.sin(i));
    }
    return v;
  }

  /** Everything that can be asked for, in one array. */
  private static double[] everything(SameDiffObjective objective, ArrayBatch batch) {
    FlatVector theta = objective.initialParameters();
    FlatVector v = direction(theta);
    FlatVector result = theta.like();
    double[] all = {};
    Evaluation evaluation = objective.evaluate(theta, batch);
    all = append(all, evaluation.loss(), evaluation.metric());
    all = append(all, flat(objective.output(theta, batch)));
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      all = append(all, linearization.value());
      linearization.gradient(result);
      all = append(all, result.toDoubleArray());
      for (int i = 0; i < 2; i++) {
        linearization.ggnVectorProduct(v, result);
        all = append(all, result.toDoubleArray());
      }
      INDArray jv = linearization.jvp(v);
      all = append(all, flat(jv));
      linearization.vjp(jv, result);
      all = append(all, result.toDoubleArray());
      all = append(all, flat(linearization.output()));
    }
    return all;
  }

  private static double[] append(double[] all, double... more) {
    double[] longer = Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, longer, all.length, more.length);
    return longer;
  }

  private static double[] flat(INDArray array) {
    return array.reshape(array.length()).toDoubleVector();
  }

  private static void assertClose(double[] actual, double[] expected, double relative) {
    assertThat(actual).hasSameSizeAs(expected);
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double difference =
        IntStream.range(0, actual.length)
            .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
            .max()
            .orElseThrow();
    assertThat(difference).isLessThanOrEqualTo(relative * scale);
  }

  /** In one piece: too few samples for shards at a time, added up here. */
  private static double[] lossAndOutput(SameDiffObjective objective, ArrayBatch batch) {
    FlatVector theta = objective.initialParameters();
    double loss = 0;
    double[] output = {};
    int step = 7;
    for (int from = 0; from < batch.size(); from += step) {
      int to = Math.min(batch.size(), from + step);
      ArrayBatch part =
          ArrayBatch.of(
              BoundBatch.samples(batch.inputs().get(0), from, to),
              BoundBatch.samples(batch.targets().get(0), from, to));
      loss += objective.value(theta, part) * (to - from) / batch.size();
      output = append(output, flat(objective.output(theta, part)));
    }
    return append(new double[] {loss}, output);
  }

  @ParameterizedTest
  @EnumSource
  void threadsAndMemoryDoNotChangeResults(KernelChoice kernels) {
    ArrayBatch batch = batch(DataType.DOUBLE, SAMPLES);
    double[] expected;
    try (SameDiffObjective one = wide(DataType.DOUBLE).kernels(kernels).threads(1).build()) {
      expected = everything(one, batch);
      assertThat(one.lastShards()).startsWith("8 of 8");
      double[] inParts = lossAndOutput(one, batch);
      assertThat(expected[0]).isEqualTo(inParts[0], within(1e-12 * inParts[0]));
      assertClose(
          Arrays.copyOfRange(expected, 2, 2 + 3 * SAMPLES),
          Arrays.copyOfRange(inParts, 1, inParts.length),
          1e-12);
    }
    for (int threads : new int[] {2, 3}) {
      try (SameDiffObjective more =
          wide(DataType.DOUBLE).kernels(kernels).threads(threads).build()) {
        assertThat(everything(more, batch)).isEqualTo(expected);
      }
    }
    // 24 MB in one piece: some shards are kept, or none.
    for (long memory : new long[] {24 * MEGABYTE, 6 * MEGABYTE}) {
      try (SameDiffObjective scarce =
          wide(DataType.DOUBLE).kernels(kernels).threads(2).memory(memory).build()) {
        double[] first = everything(scarce, batch);
        assertClose(first, expected, 1e-12);
        assertThat(everything(scarce, batch)).isEqualTo(first);
        assertThat(scarce.lastShards()).doesNotStartWith("8 of 8");
      }
    }
  }

  /** 90 kB a sample: images through a convolution with bias, relu and pooling. */
  private static SameDiffObjectiveBuilder convolutional(DataType type) {
    SameDiff sd = SameDiff.create();
    Random random = new Random(2);
    SDVariable x = sd.placeHolder("x", type, -1, 20, 20, 2);
    SDVariable filters = sd.var("filters", Net.normal(random, type, 3, 3, 2, 8).mul(0.3));
    SDVariable bias = sd.var("bias", Net.normal(random, type, 8));
    Conv2DConfig convolution = Conv2DConfig.builder().kH(3).kW(3).dataFormat("NHWC").build();
    Pooling2DConfig pool = Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).isNHWC(true).build();
    SDVariable conv = sd.cnn().conv2d(x, filters, bias, convolution);
    SDVariable pooled = sd.cnn().maxPooling2d(sd.nn().relu(conv, 0), pool);
    SDVariable weights = sd.var("weights", Net.normal(random, type, 648, 3).mul(0.05));
    pooled.reshape(-1, 648).mmul("out", weights);
    return SameDiffObjective.builder(sd)
        .inputs("x")
        .output("out")
        .loss(Losses.softmaxCrossEntropy())
        .metric(Metrics.accuracy());
  }

  @Test
  void theShapeThatIsAskedForLastGetsTheMemory() {
    try (SameDiffObjective objective =
        wide(DataType.DOUBLE).threads(2).memory(48 * MEGABYTE).build()) {
      // Each fits, both do not.
      for (int samples : new int[] {SAMPLES, SAMPLES + 40, SAMPLES}) {
        everything(objective, batch(DataType.DOUBLE, samples));
        assertThat(objective.lastShards()).as("%d samples", samples).isEqualTo("8 of 8");
      }
    }
  }

  @Test
  void convolutionsInShardsGiveWhatTheyGiveInOnePiece() {
    int samples = 300;
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(7), DataType.DOUBLE, samples, 20, 20, 2),
            Nd4j.createFromArray(new Random(8).ints(samples, 0, 3).toArray()));
    double[] expected;
    try (SameDiffObjective generic =
        convolutional(DataType.DOUBLE).kernels(KernelChoice.GENERIC).threads(1).build()) {
      expected = everything(generic, batch);
    }
    double[] kept;
    try (SameDiffObjective objective = convolutional(DataType.DOUBLE).threads(2).build()) {
      kept = everything(objective, batch);
      assertThat(objective.lastShards()).isEqualTo("8 of 8");
      assertClose(kept, expected, 1e-12);
    }
    try (SameDiffObjective scarce =
        convolutional(DataType.DOUBLE).threads(2).memory(6 * MEGABYTE).build()) {
      double[] first = everything(scarce, batch);
      assertThat(scarce.lastShards()).doesNotStartWith("8 of 8");
      assertClose(first, kept, 1e-12);
      assertThat(everything(scarce, batch)).isEqualTo(first);
    }
  }

  /** As the curvature is taken from a part of each batch: views of views. */
  @Test
  void partsOfABatchInShardsGiveWhatTheirCopiesGive() {
    int samples = 500;
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(7), DataType.DOUBLE, samples, 20, 20, 2),
            Nd4j.createFromArray(new Random(8).ints(samples, 0, 3).toArray()));
    try (SameDiffObjective objective = convolutional(DataType.DOUBLE).threads(2).build()) {
      for (int from = 0; from <= 200; from += 40) {
        ArrayBatch part = batch.samples(from, from + 300);

        double[] actual = everything(objective, part);

        assertThat(objective.lastShards()).isEqualTo("8 of 8");
        assertThat(actual).isEqualTo(everything(objective, part.copy(null)));
      }
    }
  }

  @Test
  void aProductInShardsAllocatesNextToNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ArrayBatch batch = batch(DataType.FLOAT, 400);
    try (SameDiffObjective objective = wide(DataType.FLOAT).threads(1).build()) {
      FlatVector theta = objective.initialParameters();
      FlatVector v = direction(theta);
      FlatVector gv = theta.like();
      try (LocalLinearization linearization = objective.linearize(theta, batch)) {
        for (int i = 0; i < 5; i++) {
          linearization.ggnVectorProduct(v, gv);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10; i++) {
          linearization.ggnVectorProduct(v, gv);
        }
        long perShard = (threads.getCurrentThreadAllocatedBytes() - before) / 10 / 8;
        // A few small objects, where the shard's buffers hold megabytes.
        assertThat(perShard).isLessThan(2000);
      }
      assertThat(objective.lastShards()).isEqualTo("8 of 8");
    }
  }

  @Test
  void shardsOfSinglePrecisionAgreeUpToRounding() {
    double[] expected;
    ArrayBatch wideBatch = batch(DataType.DOUBLE, 400);
    try (SameDiffObjective objective = wide(DataType.DOUBLE).threads(2).build()) {
      expected = everything(objective, wideBatch);
    }
    ArrayBatch batch = batch(DataType.FLOAT, 400);
    try (SameDiffObjective objective = wide(DataType.FLOAT).threads(2).build()) {
      double[] actual = everything(objective, batch);
      assertThat(objective.lastShards()).isEqualTo("8 of 8");
      assertClose(actual, expected, 1e-5);
    }
  }

  @Test
  void trainingWithLittleMemoryFollowsTrainingWithMuch() {
    ArrayBatch batch = batch(DataType.DOUBLE, SAMPLES);
    List<FlatVector> trained =
        IntStream.range(0, 2)
            .mapToObj(
                run -> {
                  long memory = run == 0 ? 1000 * MEGABYTE : 6 * MEGABYTE;
                  SameDiffObjectiveBuilder builder =
                      wide(DataType.DOUBLE).threads(2).memory(memory);
                  try (SameDiffObjective objective = builder.build()) {
                    SgnOptimizer optimizer =
                        new SgnOptimizer(objective, SgnOptions.builder().build());
                    for (int step = 0; step < 3; step++) {
                      optimizer.step(batch);
                    }
                    return optimizer.theta().copy();
                  }
                })
            .toList();
    assertClose(trained.get(1).toDoubleArray(), trained.get(0).toDoubleArray(), 1e-9);
  }

  @Test
  void batchesOfOtherSizesAndContentsTakeTurns() {
    try (SameDiffObjective objective = wide(DataType.DOUBLE).threads(2).build()) {
      ArrayBatch a = batch(DataType.DOUBLE, SAMPLES);
      ArrayBatch b = batch(DataType.DOUBLE, SAMPLES + 30);
      ArrayBatch c =
          ArrayBatch.of(
              Net.normal(new Random(9), DataType.DOUBLE, SAMPLES, Net.FEATURES),
              a.targets().get(0));
      double[] ofA = everything(objective, a);
      double[] ofB = everything(objective, b);
      double[] ofC = everything(objective, c);
      assertThat(everything(objective, a)).isEqualTo(ofA);
      assertThat(everything(objective, b)).isEqualTo(ofB);
      assertThat(everything(objective, c)).isEqualTo(ofC);
      assertThat(ofC).isNotEqualTo(ofA);
    }
  }

  @Test
  void modelsThatCoupleSamplesAreComputedInOnePieceOrRefused() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable wide = net.active(WIDTH);
    SDVariable centred = wide.sub(wide.mean(true, 0));
    net.sd.nn.tanh(centred).mul(0.02).mmul("out", net.parameter(WIDTH, 3));
    assertCoupled(net, "batch statistics");
  }

  @Test
  void modelsThatMixSamplesAreFoundOut() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable wide = net.active(WIDTH);
    SDVariable mixed = net.sd.permute(wide, 1, 0).reshape(-1, WIDTH);
    net.sd.nn.tanh(wide.add(mixed)).mul(0.02).mmul("out", net.parameter(WIDTH, 3));
    assertCoupled(net, "depends on the other samples");
  }

  @Test
  void fixedBatchSizesAreFoundOut() {
    Net net = new Net(DataType.DOUBLE);
    SDVariable wide = net.active(WIDTH).reshape(SAMPLES, WIDTH);
    net.sd.nn.tanh(wide).mul(0.02).mmul("out", net.parameter(WIDTH, 3));
    try (SameDiffObjective objective = builder(net).memory(MEGABYTE).build()) {
      // Nothing is known of its needs: it runs as it is.
      everything(objective, batch(DataType.DOUBLE, SAMPLES));
      assertThat(objective.lastShards()).isEqualTo("1 of 1");
    }
  }

  private static SameDiffObjectiveBuilder builder(Net net) {
    return SameDiffObjective.builder(net.sd).output("out").loss(Losses.softmaxCrossEntropy());
  }

  private static void assertCoupled(Net net, String reason) {
    ArrayBatch batch = batch(DataType.DOUBLE, SAMPLES);
    try (SameDiffObjective objective = builder(net).threads(2).build()) {
      everything(objective, batch);
      assertThat(objective.lastShards()).isEqualTo("1 of 1");
    }
    try (SameDiffObjective objective = builder(net).memory(8 * MEGABYTE).build()) {
      FlatVector theta = objective.initialParameters();
      assertThatThrownBy(() -> objective.linearize(theta, batch))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("203 samples")
          .hasMessageContaining("more than the 8 MB allowed")
          .hasMessageContaining(reason)
          .hasMessageContaining("smaller batch");
    }
  }

  @Test
  void aSumAsLossIsNotSplit() {
    Net net = wideNet(DataType.DOUBLE);
    SDVariable target = net.sd.placeHolder("y", DataType.DOUBLE, -1, 3);
    SDVariable error = net.sd.getVariable("out").sub(target);
    net.sd.math.square(error).sum("loss");
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(3), DataType.DOUBLE, SAMPLES, Net.FEATURES),
            Net.normal(new Random(4), DataType.DOUBLE, SAMPLES, 3));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd)
            .inputs("x")
            .output("out")
            .lossVariable("loss")
            .threads(2)
            .build()) {
      everything(objective, batch);
      assertThat(objective.lastShards()).isEqualTo("1 of 1");
    }
  }

  @Test
  void memoryOfDroppedWorkspacesIsFreeAgain() {
    List<Integer> kept = new ArrayList<>();
    try (SameDiffObjective objective =
        wide(DataType.DOUBLE).threads(2).memory(24 * MEGABYTE).build()) {
      FlatVector theta = objective.initialParameters();
      for (int samples = SAMPLES; samples < SAMPLES + 25; samples++) {
        objective.linearize(theta, batch(DataType.DOUBLE, samples)).close();
        String shards = objective.lastShards();
        kept.add(Integer.parseInt(shards.substring(0, shards.indexOf(' '))));
      }
    }
    assertThat(kept.get(0)).isPositive();
    // Four shapes wait with what they have, so that one in five gets what there is.
    assertThat(kept.subList(20, 25)).anyMatch(count -> count > 0);
  }

  @Test
  void outputsWithSamplesAlongAnotherDimensionAreComputedInOnePiece() {
    Net net = wideNet(DataType.DOUBLE);
    SDVariable steps = net.sd.permute(net.sd.getVariable("out").reshape(-1, 3, 1), 1, 0, 2);
    net.sd.identity("steps", steps);
    SDVariable target = net.sd.placeHolder("y", DataType.DOUBLE, -1, 3, 1);
    SDVariable error = net.sd.getVariable("steps").sub(net.sd.permute(target, 1, 0, 2));
    net.sd.math.square(error).mean("loss");
    ArrayBatch batch =
        ArrayBatch.of(
            Net.normal(new Random(3), DataType.DOUBLE, SAMPLES, Net.FEATURES),
            Net.normal(new Random(4), DataType.DOUBLE, SAMPLES, 3, 1));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd)
            .inputs("x")
            .output("steps")
            .lossVariable("loss")
            .threads(2)
            .build()) {
      everything(objective, batch);
      assertThat(objective.lastShards()).isEqualTo("1 of 1");
    }
  }

  @Test
  void aBatchThatFailsLeavesNothingBehind() {
    ArrayBatch good = batch(DataType.DOUBLE, SAMPLES);
    INDArray labels = good.targets().get(0).dup();
    labels.putScalar(150, 7);
    ArrayBatch bad = ArrayBatch.of(good.inputs().get(0).mul(2), labels);
    for (long memory : new long[] {200 * MEGABYTE, 24 * MEGABYTE, 6 * MEGABYTE}) {
      try (SameDiffObjective objective = wide(DataType.DOUBLE).threads(2).memory(memory).build()) {
        double[] expected = everything(objective, good);
        FlatVector theta = objective.initialParameters();
        for (int i = 0; i < 2; i++) {
          assertThatThrownBy(() -> objective.linearize(theta, bad))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageMatching("among samples \\d+ to \\d+: sample \\d+ has class 7.*");
        }
        assertThat(everything(objective, good)).isEqualTo(expected);
      }
    }
  }

  @Test
  void senselessLimitsAreRefused() {
    assertThatThrownBy(() -> wide(DataType.FLOAT).threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option threads = 0: must be at least 1 and at most 1024");
    assertThatThrownBy(() -> wide(DataType.FLOAT).memory(1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option memory = 1000: must be at least 1 MiB");
  }
}
