package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import io.github.sgn4j.nd.Backend;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Any op on fixed arrays through one reused op context: a few microseconds per run, and nothing
 * allocated off the heap.
 */
final class OpStep {

  private static final Set<String> DYNAMIC_REDUCTIONS =
      Set.of("reduce_sum", "reduce_mean", "reduce_max", "reduce_min");

  private final CustomOp custom;
  private final Op legacy;
  private final OpContext context;
  private final OpExecutioner executioner = Nd4j.getExecutioner();
  private final INDArray[] outputs;

  private OpStep(CustomOp custom, Op legacy, OpContext context, INDArray[] outputs) {
    this.custom = custom;
    this.legacy = legacy;
    this.context = context;
    this.outputs = outputs;
  }

  /**
   * Binds a call to arrays and runs it once, since later shapes may depend on values.
   *
   * @param inputs one per input
   * @param results an array per output to write to, null for a new one
   * @param types the outputs' data types
   */
  static OpStep bind(OpCall call, INDArray[] inputs, INDArray[] results, List<DataType> types) {
    DifferentialFunction op = dynamic(call.op());
    OpContext context = Nd4j.getExecutioner().buildContext();
    CustomOp custom = op instanceof CustomOp c ? c : null;
    Op legacy = custom == null ? (Op) op : null;
    try {
      if (custom != null) {
        context.setArgs(inputs, custom.iArgs(), custom.dArgs(), custom.tArgs(), custom.bArgs());
      } else {
        for (int i = 0; i < inputs.length; i++) {
          context.setInputArray(i, inputs[i]);
        }
      }
      List<LongShapeDescriptor> shapes =
          custom != null
              ? custom.calculateOutputShape(context)
              : ((BaseOp) legacy).calculateOutputShape(context);
      if (shapes.size() != results.length) {
        throw new IllegalStateException(
            "its shape function gives " + shapes.size() + " outputs for " + results.length);
      }
      INDArray[] outputs = new INDArray[results.length];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = output(shapes.get(i), types.get(i), results[i]);
        context.setOutputArray(i, outputs[i]);
      }
      OpStep step = new OpStep(custom, legacy, context, outputs);
      step.run();
      return step;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "op '"
              + call.opName()
              + "' that makes "
              + call.outputs()
              + " fails for inputs of shape "
              + Arrays.stream(inputs).map(a -> Arrays.toString(a.shape())).toList()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static INDArray output(LongShapeDescriptor shape, DataType type, INDArray result) {
    if (result == null) {
      return Backend.allocate(type, shape.getShape());
    }
    if (!Arrays.equals(result.shape(), shape.getShape()) && !(scalar(result) && scalar(shape))) {
      throw new IllegalStateException(
          "its result has shape "
              + Arrays.toString(shape.getShape())
              + " where "
              + Arrays.toString(result.shape())
              + " is needed");
    }
    return result;
  }

  private static boolean scalar(INDArray array) {
    return array.length() == 1;
  }

  private static boolean scalar(LongShapeDescriptor shape) {
    return Arrays.stream(shape.getShape()).allMatch(d -> d == 1);
  }

  /**
   * Reductions as dynamic ops: the legacy executor leaves the output untouched where a dimension of
   * length one is reduced.
   */
  private static DifferentialFunction dynamic(DifferentialFunction op) {
    if (!(op instanceof ReduceOp reduction) || !DYNAMIC_REDUCTIONS.contains(op.opName())) {
      return op;
    }
    DynamicCustomOp.DynamicCustomOpsBuilder builder =
        DynamicCustomOp.builder(op.opName()).addBooleanArguments(reduction.isKeepDims());
    int[] dimensions = op.getDimensions();
    // SameDiff writes "all dimensions" as Integer.MAX_VALUE, the dynamic op as none.
    if (dimensions != null && !(dimensions.length == 1 && dimensions[0] == Integer.MAX_VALUE)) {
      builder.addIntegerArguments(dimensions);
    }
    return builder.build();
  }

  /** Runs the op. */
  void run() {
    if (custom != null) {
      executioner.exec(custom, context);
    } else {
      executioner.exec(legacy, context);
    }
  }

  /** Output i. */
  INDArray output(int i) {
    return outputs[i];
  }

  /** Replaces input i by an array of the same shape and type. */
  void setInput(int i, INDArray array) {
    context.setInputArray(i, array);
  }
}
