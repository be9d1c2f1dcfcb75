package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A plan bound to one batch shape: buffers and kernels. Order of use: {@link #loadBatch}, {@link
 * #forward}, then any number of {@link #jvp} and {@link #vjp}. Not safe for use by several threads
 * at once.
 */
public final class Workspace {

  private final Buffers buffers;
  private final Slot output;
  private final List<Kernel> kernels = new ArrayList<>();
  private final List<Kernel> batchKernels = new ArrayList<>();
  private final List<Kernel> parameterKernels = new ArrayList<>();
  private final List<Parameter> parameters;
  private final Slot[] parameterSlots;
  private final HostArray[] values;
  private final Set<String> batchDependent;
  private final Set<String> batchLeaves;
  private HostArray[] derivatives;
  private DenseLayers layers;
  private boolean layersKnown;
  private boolean prepared;

  Workspace(
      Plan plan, Buffers buffers, List<Node> nodes, Map<String, INDArray> batch, FlatVector theta) {
    this.buffers = buffers;
    this.parameters = plan.parameters().all();
    this.batchDependent = plan.batchDependent();
    this.batchLeaves = Set.copyOf(batch.keySet());
    this.parameterSlots = new Slot[parameters.size()];
    this.values = new HostArray[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      Parameter parameter = parameters.get(i);
      INDArray array = Backend.allocate(Backend.dataType(plan.precision()), parameter.shape());
      parameterSlots[i] = buffers.slot(parameter.name());
      if (parameterSlots[i] == null) {
        throw new IllegalArgumentException(
            "parameter '" + parameter.name() + "' is not part of the graph");
      }
      parameterSlots[i].setValue(array);
      values[i] = HostArray.of(array);
      values[i].writeFrom(theta, parameter.offset());
    }
    batch.forEach((name, array) -> buffers.slot(name).setValue(array));
    for (Node node : nodes) {
      Kernel kernel = node.bind(buffers);
      kernels.add(kernel);
      if (node.dependence() == Dependence.BATCH) {
        batchKernels.add(kernel);
      } else if (node.dependence() == Dependence.PARAMETERS) {
        parameterKernels.add(kernel);
      }
    }
    this.output = buffers.slot(plan.output());
  }

  /** Takes another batch of the same shapes and computes what depends on it alone. */
  public void loadBatch(Map<String, INDArray> batch) {
    batch.forEach((name, array) -> buffers.slot(name).replaceValue(array));
    kernels.forEach(Kernel::batchLoaded);
    for (int i = 0; i < batchKernels.size(); i++) {
      batchKernels.get(i).forward();
    }
  }

  /** Evaluates the graph at theta. */
  public void forward(FlatVector theta) {
    prepared = false;
    for (int i = 0; i < values.length; i++) {
      values[i].writeFrom(theta, parameters.get(i).offset());
    }
    for (int i = 0; i < parameterKernels.size(); i++) {
      parameterKernels.get(i).forward();
    }
  }

  /** The value of a variable after {@link #forward}; overwritten by the next one. */
  public INDArray value(String name) {
    return buffers.slot(name).value();
  }

  /** The output's value after {@link #forward}. */
  public INDArray output() {
    return output.value();
  }

  /**
   * The output's tangent after {@link #jvp}; its adjoint, to be filled, before {@link #vjp}. One
   * array.
   */
  public INDArray outputDerivative() {
    // Binding runs ops, some of which write here: not after the caller has.
    if (derivatives == null) {
      bindDerivatives();
    }
    return output.derivative();
  }

  /** Computes J v into {@link #outputDerivative}. */
  public void jvp(FlatVector v) {
    prepare();
    for (int i = 0; i < derivatives.length; i++) {
      derivatives[i].writeFrom(v, parameters.get(i).offset());
    }
    for (int i = 0; i < parameterKernels.size(); i++) {
      parameterKernels.get(i).jvp();
    }
  }

  /** Computes J^T u with u in {@link #outputDerivative}, which is lost. */
  public void vjp(FlatVector result) {
    vjp();
    readInto(result);
  }

  /** Overwrites the result with what the last {@link #vjp()} left. */
  public void readInto(FlatVector result) {
    for (int i = 0; i < derivatives.length; i++) {
      if (parameterSlots[i].isAdjointClaimed()) {
        derivatives[i].readInto(result, parameters.get(i).offset());
      } else {
        result.view(parameters.get(i)).fill(0);
      }
    }
  }

  /** As {@link #vjp(FlatVector)}; the result stays here until {@link #addTo}. */
  public void vjp() {
    prepare();
    for (int i = parameterKernels.size() - 1; i >= 0; i--) {
      parameterKernels.get(i).vjp();
    }
  }

  /** Adds the last {@link #vjp()}'s result, times a factor. */
  public void addTo(FlatVector sum, double factor) {
    for (int i = 0; i < derivatives.length; i++) {
      if (parameterSlots[i].isAdjointClaimed()) {
        derivatives[i].addInto(sum, parameters.get(i).offset(), factor);
      }
    }
  }

  /**
   * As {@link #vjp()}, but only for what {@link #denseLayers} read: the parameters' adjoints are
   * undefined afterwards.
   */
  public void backpropagate() {
    prepare();
    for (int i = parameterKernels.size() - 1; i >= 0; i--) {
      parameterKernels.get(i).backpropagate();
    }
  }

  /**
   * The dense layers that hold all parameters, each in one place, or null if the network is made of
   * other things as well.
   */
  public DenseLayers denseLayers() {
    if (!layersKnown) {
      layers = DenseLayers.of(parameterKernels, parameters, parameterSlots, output);
      layersKnown = true;
    }
    return layers;
  }

  /** Makes all buffers that derivatives need, on the batch that is loaded. */
  public void prepare(FlatVector theta) {
    outputDerivative();
    forward(theta);
    prepare();
  }

  /**
   * Bytes of all buffers that were made so far, but for the batch's arrays. Counts derivatives'
   * buffers after {@link #prepare(FlatVector)}.
   */
  public long bytes() {
    long bytes = buffers.bytes(batchLeaves);
    for (Kernel kernel : kernels) {
      bytes += kernel.bytes();
    }
    return bytes;
  }

  /**
   * Number of elements of every variable whose values depend on the batch's, by name; without those
   * that a fused kernel keeps to itself.
   */
  public Map<String, Long> batchLengths() {
    Map<String, Long> lengths = new TreeMap<>();
    for (String name : batchDependent) {
      INDArray value = buffers.slot(name).value();
      if (value != null) {
        lengths.put(name, value.length());
      }
    }
    return lengths;
  }

  private void prepare() {
    if (derivatives == null) {
      bindDerivatives();
    }
    if (!prepared) {
      for (int i = 0; i < parameterKernels.size(); i++) {
        parameterKernels.get(i).prepare();
      }
      prepared = true;
    }
  }

  private void bindDerivatives() {
    for (Kernel kernel : kernels) {
      kernel.bindTangents();
    }
    // The caller writes the output's adjoint.
    output.claimAdjoint();
    for (int i = kernels.size() - 1; i >= 0; i--) {
      kernels.get(i).bindAdjoints();
    }
    HostArray[] bound = new HostArray[parameterSlots.length];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = HostArray.of(parameterSlots[i].derivative());
    }
    derivatives = bound;
  }
}
