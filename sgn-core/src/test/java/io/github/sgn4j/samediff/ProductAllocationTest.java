package io.github.sgn4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.plan.KernelChoice;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A product in steady state makes no array, takes no native memory, and hardly any of the heap. */
class ProductAllocationTest {

  private static final int SAMPLES = 6;
  private static final int PRODUCTS = 50;

  /** ND4J's executioner leaves some hundred bytes on the heap for every op. */
  private static final int ND4J_GARBAGE = 100_000;

  private record Case(
      String name, Function<Net, SDVariable> output, KernelChoice kernels, DataType type) {
    @Override
    public String toString() {
      return name + ", " + kernels + ", " + type;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      for (KernelChoice kernels : KernelChoice.values()) {
        cases.add(new Case("perceptron", ProductAllocationTest::perceptron, kernels, type));
        cases.add(new Case("convolutions", ProductAllocationTest::convolutions, kernels, type));
        cases.add(new Case("many ops", ProductAllocationTest::manyOps, kernels, type));
      }
    }
    return cases;
  }

  private static SDVariable perceptron(Net net) {
    SDVariable h = net.sd.nn.sigmoid(net.active(8));
    h = net.sd.nn.tanh(h.mmul(net.parameter(8, 7)).add(net.parameter(7)));
    h = net.sd.nn.relu(net.sd.nn.linear(h, net.parameter(7, 7), net.parameter(7)), 0);
    return h.mmul(net.parameter(7, 3)).add(net.parameter(3));
  }

  /** Both stay images: a reshape is one of ND4J's ops. */
  private static SDVariable convolutions(Net net) {
    ConvLayer first = new ConvLayer(3, 3, 3).activation("relu").pool(2, 2);
    SDVariable h = first.of(net, net.passive(8, 8, 2));
    return new ConvLayer(3, 3, 3).channels(3).bias(ConvLayer.Bias.ADD).of(net, h);
  }

  private static SDVariable manyOps(Net net) {
    SDVariable h = net.sd.nn.gelu(net.active(2, 5));
    h = net.sd.nn.layerNorm(h, net.parameter(5), net.parameter(5), false, 2);
    SDVariable attention = net.sd.nn.softmax(net.sd.mmul(h, h, false, true, false), 2);
    SDVariable mixed = net.sd.mmul(attention, h, false, false, false);
    SDVariable parts =
        net.sd.concat(
            1,
            mixed.mean(1),
            mixed.get(SDIndex.all(), SDIndex.point(0), SDIndex.interval(1, 4)),
            mixed.permute(0, 2, 1).reshape(-1, 10));
    SDVariable scaled = parts.mul(net.parameter(18)).div(parts.sum(true, 1).mul(0.01).add(3));
    SDVariable activated = net.sd.nn.swish(net.sd.nn.elu(scaled).sub(net.sd.math.square(scaled)));
    return net.sd.nn.logSoftmax(activated.mmul(net.parameter(18, 3)));
  }

  private static ArrayBatch batch(DataType type, long... outputs) {
    Random random = new Random(1);
    return ArrayBatch.of(
        Net.normal(random, type, SAMPLES, Net.FEATURES), Net.normal(random, type, outputs));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void aProductAllocatesNothing(Case c) {
    Net net = new Net(c.type());
    net.sd.identity("out", c.output().apply(net));
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd)
            .output("out")
            .loss(Losses.meanSquaredError())
            .kernels(c.kernels())
            .build()) {
      boolean images = c.name().equals("convolutions");
      boolean fused = !c.name().equals("many ops") && c.kernels() == KernelChoice.AUTO;
      ArrayBatch batch = images ? batch(c.type(), SAMPLES, 1, 1, 3) : batch(c.type(), SAMPLES, 3);
      assertNothingAllocated(objective, batch, fused ? 2_000 : ND4J_GARBAGE);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void soDoesAProductWithAComposedLoss(DataType type) {
    Net net = new Net(type);
    SDVariable out = net.sd.identity("out", perceptron(net));
    SDVariable y = net.sd.placeHolder("y", type, -1, 3);
    net.sd.nn.softplus(out).sub(y.mul(out)).add(net.sd.math.square(out.sub(y))).mean("loss");
    try (SameDiffObjective objective =
        SameDiffObjective.builder(net.sd).output("out").lossVariable("loss").build()) {
      assertNothingAllocated(objective, batch(type, SAMPLES, 3), ND4J_GARBAGE);
    }
  }

  static List<DataType> types() {
    return List.of(DataType.FLOAT, DataType.DOUBLE);
  }

  private static void assertNothingAllocated(
      SameDiffObjective objective, ArrayBatch batch, int heapBytes) {
    FlatVector theta = objective.initialParameters();
    FlatVector v = new ModelChecks(objective, batch).direction();
    FlatVector gv = theta.like();
    try (LocalLinearization linearization = objective.linearize(theta, batch)) {
      Runnable products =
          () -> {
            for (int i = 0; i < PRODUCTS; i++) {
              linearization.ggnVectorProduct(v, gv);
            }
          };
      products.run();
      for (int round = 0; round < 3; round++) {
        Allocations allocations = Allocations.during(products);
        assertThat(allocations.arrays).as("arrays").isZero();
        assertThat(allocations.buffers).as("buffers and op contexts").isZero();
        // Garbage of what ran before may be freed meanwhile.
        assertThat(allocations.pointerBytes).as("bytes behind pointers").isNotPositive();
        assertThat(allocations.heapBytes / PRODUCTS).as("heap bytes").isLessThan(heapBytes);
      }
      assertThat(gv.norm()).isPositive();
    }
  }

  @Test
  void theCountsNotice() {
    List<Object> kept = new ArrayList<>();
    INDArray array = Nd4j.create(DataType.FLOAT, 10, 100);
    Allocations another = Allocations.during(() -> kept.add(Nd4j.create(DataType.FLOAT, 1000)));
    assertThat(another.arrays).isEqualTo(1);
    assertThat(another.buffers).isPositive();
    assertThat(another.heapBytes).isPositive();
    Allocations view = Allocations.during(() -> kept.add(array.reshape(100, 10)));
    assertThat(view.arrays).isPositive();
    Allocations context = Allocations.during(() -> kept.add(Nd4j.getExecutioner().buildContext()));
    assertThat(context.buffers).isPositive();
    // Garbage of what ran before may be freed meanwhile, but not each time.
    assertThat(
            IntStream.range(0, 10)
                .mapToObj(i -> Allocations.during(() -> kept.add(new FloatPointer(1_000_000))))
                .mapToLong(Allocations::pointerBytes))
        .anySatisfy(bytes -> assertThat(bytes).isPositive());
  }

  /** What ND4J, JavaCPP and the JVM count. */
  private record Allocations(long arrays, long buffers, long pointerBytes, long heapBytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Allocations during(Runnable action) {
      long arrays = Nd4j.scalar(0).getId();
      long buffers = Nd4j.getDeallocatorService().nextValue();
      long pointers = Pointer.totalBytes();
      long heap = THREADS.getCurrentThreadAllocatedBytes();
      action.run();
      heap = THREADS.getCurrentThreadAllocatedBytes() - heap;
      pointers = Pointer.totalBytes() - pointers;
      buffers = Nd4j.getDeallocatorService().nextValue() - buffers - 1;
      arrays = Nd4j.scalar(0).getId() - arrays - 1;
      return new Allocations(arrays, buffers, pointers, heap);
    }
  }
}
