package io.github.sgn4j.samediff;

import io.github.sgn4j.autodiff.ForwardGraph;
import io.github.sgn4j.autodiff.ForwardMode;
import io.github.sgn4j.autodiff.TangentRules;
import io.github.sgn4j.loss.Loss;
import io.github.sgn4j.loss.LossKernel;
import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.nd.HostArrays;
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
    requireTwiceDifferentiable();
  }

  /** Compiles the Hessian-vector product for any shape, so that a missing rule shows at once. */
  private void requireTwiceDifferentiable() {
    Precision precision = Backend.precision(graph.type(output), "the output");
    ParameterSpace anyShape = ParameterSpace.of(Map.of(output, new long[] {1}));
    slope(anyShape, precision);
  }

  private Plan slope(ParameterSpace space, Precision precision) {
    return plan(
        directional.graph(),
        directional.tangent(),
        space,
        precision,
        Set.of(target, directional.direction()));
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
    private final HostArrays arrays = new HostArrays();
    private final HostArray valueSeed;
    private final HostArray slopeSeed;
    private final HostArray direction;
    private final FlatVector one;

    Kernel(Precision precision, long[] outputShape, DataType targetType, long[] targetShape) {
      ParameterSpace space = ParameterSpace.of(Map.of(output, outputShape));
      this.outputVector = FlatVector.zeros(precision, space);
      this.result = FlatVector.zeros(precision, space);
      this.one = FlatVector.of(precision, 1);
      INDArray targets = Backend.allocate(targetType, targetShape);
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
      INDArray along = Backend.allocate(Backend.dataType(precision), outputShape);
      slopeBatch.put(directional.direction(), along);
      this.slope = slope(space, precision).bind(slopeBatch, outputVector);
      this.direction = HostArray.of(along);
      this.valueSeed = HostArray.of(value.outputDerivative());
      this.slopeSeed = HostArray.of(slope.outputDerivative());
    }

    @Override
    public double value(INDArray out, INDArray targets) {
      arrays.of(out).readInto(outputVector, 0);
      slopeBatch.put(target, targets);
      value.loadBatch(Map.of(target, targets));
      value.forward(outputVector);
      return value.output().getDouble(0);
    }

    @Override
    public void gradient(INDArray into) {
      valueSeed.writeFrom(one, 0);
      value.vjp(result);
      arrays.of(into).writeFrom(result, 0);
    }

    @Override
    public void hessianVectorProduct(INDArray v, INDArray into) {
      arrays.of(v).readInto(result, 0);
      direction.writeFrom(result, 0);
      slope.loadBatch(slopeBatch);
      slope.forward(outputVector);
      slopeSeed.writeFrom(one, 0);
      slope.vjp(result);
      arrays.of(into).writeFrom(result, 0);
    }
  }
}
