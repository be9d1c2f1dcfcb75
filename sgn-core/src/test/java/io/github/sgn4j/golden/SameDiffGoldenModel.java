package io.github.sgn4j.golden;

import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.loss.Losses;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.samediff.ArrayBatch;
import io.github.sgn4j.samediff.LocalLinearization;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.testkit.PlainBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The network of a trace file as a SameDiff model. */
final class SameDiffGoldenModel implements GoldenModel {

  private final Loss loss;
  private final SameDiffObjective objective;
  private final List<ArrayBatch> batches = new ArrayList<>();
  private final List<INDArray> targets = new ArrayList<>();

  SameDiffGoldenModel(TraceFile file) {
    loss = file.classification() ? Losses.softmaxCrossEntropy() : Losses.meanSquaredError();
    SameDiff model = network(file.units(), file.theta0());
    objective =
        SameDiffObjective.builder(model)
            .inputs("x")
            .targets("y")
            .output("f")
            .loss(loss)
            .parameters(parameters(file.units().length - 1))
            .build();
    for (PlainBatch batch : file.batches()) {
      INDArray target = Nd4j.createFromArray(batch.targets());
      targets.add(target);
      batches.add(ArrayBatch.of(Nd4j.createFromArray(batch.inputs()), target));
    }
  }

  private static SameDiff network(int[] units, double[] theta) {
    SameDiff model = SameDiff.create();
    SDVariable a = model.placeHolder("x", DataType.DOUBLE, -1, units[0]);
    model.placeHolder("y", DataType.DOUBLE, -1, units[units.length - 1]);
    int offset = 0;
    for (int l = 0; l + 1 < units.length; l++) {
      int in = units[l];
      int out = units[l + 1];
      SDVariable weights = model.var("w" + l, part(theta, offset, in * out).reshape(in, out));
      offset += in * out;
      SDVariable biases = model.var("b" + l, part(theta, offset, out));
      offset += out;
      boolean last = l + 2 == units.length;
      SDVariable z = model.nn.linear(last ? "f" : "z" + l, a, weights, biases);
      a = last ? z : model.nn.sigmoid("a" + l, z);
    }
    return model;
  }

  /** The parameters in the trace's order. */
  private static String[] parameters(int layers) {
    return IntStream.range(0, layers)
        .boxed()
        .flatMap(l -> Stream.of("w" + l, "b" + l))
        .toArray(String[]::new);
  }

  private static INDArray part(double[] theta, int offset, int length) {
    return Nd4j.createFromArray(Arrays.copyOfRange(theta, offset, offset + length));
  }

  @Override
  public SameDiffObjective objective() {
    return objective;
  }

  @Override
  public ArrayBatch batch(int index) {
    return batches.get(index);
  }

  @Override
  public double[][] output(FlatVector theta, int batch) {
    return objective.output(theta, batch(batch)).toDoubleMatrix();
  }

  @Override
  public double[][] lossGradient(FlatVector theta, int batch) {
    INDArray output = objective.output(theta, batch(batch));
    INDArray result = output.like();
    kernelAt(output, batch).gradient(result);
    return result.toDoubleMatrix();
  }

  @Override
  public double[][] jvp(FlatVector theta, int batch, FlatVector v) {
    try (LocalLinearization linearization = objective.linearize(theta, batch(batch))) {
      return linearization.jvp(v).toDoubleMatrix();
    }
  }

  @Override
  public double[][] lossHessianProduct(FlatVector theta, int batch, double[][] u) {
    INDArray output = objective.output(theta, batch(batch));
    INDArray result = output.like();
    kernelAt(output, batch).hessianVectorProduct(Nd4j.createFromArray(u), result);
    return result.toDoubleMatrix();
  }

  private LossKernel kernelAt(INDArray output, int batch) {
    INDArray target = targets.get(batch);
    LossKernel kernel =
        loss.bind(output.dataType(), output.shape(), target.dataType(), target.shape());
    kernel.value(output, target);
    return kernel;
  }

  @Override
  public void close() {
    objective.close();
  }
}
