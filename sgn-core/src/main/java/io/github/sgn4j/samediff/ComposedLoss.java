package io.github.sgn4j.samediff;

import io.github.sgn4j.autodiff.ForwardGraph;
import io.github.sgn4j.autodiff.ForwardMode;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.plan.KernelChoice;
import io.github.sgn4j.plan.Plan;
import io.github.sgn4j.plan.Workspace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A scalar loss composed of basic ops in the model's graph. Its gradient with respect to the output
 * is reverse mode; its Hessian-vector product is reverse mode over the directional derivative that
 * forward mode gives. It must be convex in the output; that is not checked.
 */
final class ComposedLoss implements Loss {

  private final String name;
  private final ForwardGraph graph;
  private final String output;
  private final String target;
  private final TangentRules rules;
  private final ForwardMode directional;

  ComposedLoss(String name, ForwardGraph graph, String output, String target, TangentRules rules) {
    this.name = name;
    this.graph = graph;
    this.output = output;
    this.target = target;
    this.rules = rules;
    this.directional = ForwardMode.differentiate(graph, rules, output, name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public LossKernel bind(
      DataType outputType, long[] outputShape, DataType targetType, long[] targetShape) {
    return new Kernel(
        Backend.precision(outputType, "the output"), outputShape, targetType, targetShape);
  }

  private final class Kernel implements LossKernel {
    private final FlatVector outputVector;
    private final FlatVector result;
    private final Workspace value;
    private final Workspace slope;
    private final Map<String, INDArray> slopeBatch = new HashMap<>();

    Kernel(Precision precision, long[] outputShape, DataType targetType, long[] targetShape) {
      ParameterSpace space = ParameterSpace.of(Map.of(output, outputShape));
      this.outputVector = FlatVector.zeros(precision, space);
      this.result = FlatVector.zeros(precision, space);
      INDArray targets = Nd4j.zeros(targetType, targetShape);
      this.value =
          plan(graph, name, space, precision, Set.of(target))
              .bind(Map.of(target, targets), outputVector);
      if (value.output().length() != 1) {
        throw new IllegalArgumentException(
            "the loss variable '"
                + name
                + "' has shape "
                + Arrays.toString(value.output().shape())
                + "; it must be one number: take its mean over the samples");
      }
      slopeBatch.put(target, targets);
      slopeBatch.put(
          directional.direction(), Backend.allocate(Backend.dataType(precision), outputShape));
      this.slope =
          plan(
                  directional.graph(),
                  directional.tangent(),
                  space,
                  precision,
                  Set.of(target, directional.direction()))
              .bind(slopeBatch, outputVector);
    }

    private Plan plan(
        ForwardGraph computes,
        String what,
        ParameterSpace space,
        Precision precision,
        Set<String> batch) {
      return Plan.compile(
          computes,
          space,
          precision,
          what,
          batch,
          computes.constants(),
          rules,
          KernelChoice.GENERIC,
          Set.of());
    }

    @Override
    public double value(INDArray out, INDArray targets) {
      HostArray.of(out).readInto(outputVector, 0);
      slopeBatch.put(target, targets);
      value.loadBatch(Map.of(target, targets));
      value.forward(outputVector);
      return value.output().getDouble(0);
    }

    @Override
    public void gradient(INDArray into) {
      value.outputDerivative().assign(1);
      value.vjp(result);
      HostArray.of(into).writeFrom(result, 0);
    }

    @Override
    public void hessianVectorProduct(INDArray v, INDArray into) {
      slopeBatch.get(directional.direction()).assign(v);
      slope.loadBatch(slopeBatch);
      slope.forward(outputVector);
      slope.outputDerivative().assign(1);
      slope.vjp(result);
      HostArray.of(into).writeFrom(result, 0);
    }
  }
}
