package io.github.sgn4j.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A loss with a shape of outputs and targets.
 *
 * @param name for reports
 * @param loss what is tested
 * @param shape shape of the outputs
 * @param targets drawn for that shape, in double where they are floating point
 * @param formula the mean loss by its definition, of outputs and targets
 */
record LossCase(
    String name,
    Loss loss,
    List<Long> shape,
    INDArray targets,
    ToDoubleBiFunction<double[], double[]> formula) {

  static Stream<LossCase> all() {
    Random random = new Random(5);
    return Stream.of(
        new LossCase(
            "softmax, one-hot",
            Losses.softmaxCrossEntropy(),
            List.of(4L, 3L),
            Nd4j.create(new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 0, 1}}),
            softmax(3)),
        new LossCase(
            "softmax, smoothed",
            Losses.softmaxCrossEntropy(),
            List.of(2L, 3L),
            Nd4j.create(new double[][] {{0.8, 0.1, 0.1}, {0.25, 0.25, 0.5}}),
            softmax(3)),
        new LossCase(
            "softmax, class numbers",
            Losses.softmaxCrossEntropy(),
            List.of(4L, 3L),
            Nd4j.createFromArray(2, 0, 1, 1),
            (z, t) -> softmax(3).applyAsDouble(z, oneHot(t, 3))),
        new LossCase(
            "softmax, a column of long class numbers",
            Losses.softmaxCrossEntropy(),
            List.of(3L, 4L),
            Nd4j.createFromArray(3L, 0L, 1L).reshape(3, 1),
            (z, t) -> softmax(4).applyAsDouble(z, oneHot(t, 4))),
        new LossCase(
            "softmax, one sample",
            Losses.softmaxCrossEntropy(),
            List.of(1L, 3L),
            Nd4j.createFromArray(1),
            (z, t) -> softmax(3).applyAsDouble(z, oneHot(t, 3))),
        new LossCase(
            "sigmoid",
            Losses.sigmoidCrossEntropy(),
            List.of(3L, 2L),
            uniform(random, 3, 2),
            LossCase::sigmoid),
        new LossCase(
            "sigmoid of rank 3",
            Losses.sigmoidCrossEntropy(),
            List.of(2L, 2L, 2L),
            uniform(random, 2, 2, 2),
            LossCase::sigmoid),
        new LossCase(
            "mean squared error",
            Losses.meanSquaredError(),
            List.of(3L, 2L),
            uniform(random, 3, 2),
            LossCase::squared),
        new LossCase(
            "mean squared error, targets [N] for outputs [N, 1]",
            Losses.meanSquaredError(),
            List.of(4L, 1L),
            uniform(random, 4),
            LossCase::squared),
        new LossCase(
            "mean squared error, targets [N, 1] for outputs [N]",
            Losses.meanSquaredError(),
            List.of(4L),
            uniform(random, 4, 1),
            LossCase::squared));
  }

  private static INDArray uniform(Random random, long... shape) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return Nd4j.create(random.doubles(length).toArray()).reshape(shape);
  }

  private static double[] oneHot(double[] classes, int count) {
    double[] t = new double[classes.length * count];
    for (int i = 0; i < classes.length; i++) {
      t[i * count + (int) classes[i]] = 1;
    }
    return t;
  }

  private static ToDoubleBiFunction<double[], double[]> softmax(int classes) {
    return (z, t) -> {
      double sum = 0;
      for (int start = 0; start < z.length; start += classes) {
        double total = 0;
        for (int k = start; k < start + classes; k++) {
          total += Math.exp(z[k]);
        }
        for (int k = start; k < start + classes; k++) {
          sum -= t[k] * Math.log(Math.exp(z[k]) / total);
        }
      }
      return sum * classes / z.length;
    };
  }

  private static double sigmoid(double[] z, double[] t) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      double p = 1 / (1 + Math.exp(-z[i]));
      sum -= t[i] * Math.log(p) + (1 - t[i]) * Math.log(1 - p);
    }
    return sum / z.length;
  }

  private static double squared(double[] z, double[] t) {
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += (z[i] - t[i]) * (z[i] - t[i]);
    }
    return sum / z.length;
  }

  long[] outputShape() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** The loss at these outputs by its definition. */
  double expected(INDArray output) {
    return formula.applyAsDouble(
        output.reshape(output.length()).toDoubleVector(),
        targets.reshape(targets.length()).castTo(DataType.DOUBLE).toDoubleVector());
  }

  /** The targets in the type that goes with outputs of {@code type}. */
  INDArray targets(DataType type) {
    return targets.dataType().isFPType() ? targets.castTo(type) : targets;
  }

  LossKernel bind(DataType type) {
    INDArray typed = targets(type);
    return loss.bind(type, outputShape(), typed.dataType(), typed.shape());
  }

  @Override
  public String toString() {
    return name;
  }
}
