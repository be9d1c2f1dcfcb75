package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Calls that look like a dense layer. Whether they are one shows when shapes are known; if not,
 * they run one by one.
 *
 * @param members the calls, in order
 * @param x the layer's input
 * @param weights its weights
 * @param bias its bias, or null
 * @param activation its activation
 */
record DenseNode(List<OpNode> members, String x, String weights, String bias, Activation activation)
    implements Node {

  DenseNode {
    members = List.copyOf(members);
  }

  private String output() {
    return members.get(members.size() - 1).call().outputs().get(0);
  }

  @Override
  public Dependence dependence() {
    return members.get(members.size() - 1).dependence();
  }

  @Override
  public Kernel bind(Buffers buffers) {
    INDArray xValue = buffers.slot(x).value();
    INDArray wValue = buffers.slot(weights).value();
    INDArray bValue = bias == null ? null : buffers.slot(bias).value();
    boolean fits =
        isMatrix(xValue, xValue.dataType())
            && isMatrix(wValue, xValue.dataType())
            // The BLAS call checks nothing; ND4J's op, which then runs, refuses such shapes.
            && xValue.size(1) == wValue.size(0)
            && (bValue == null || isRow(bValue, xValue.dataType(), wValue.size(1)));
    if (!fits) {
      return new SequenceKernel(members, buffers);
    }
    return new DenseKernel(
        buffers.slot(x),
        buffers.slot(weights),
        bias == null ? null : buffers.slot(bias),
        buffers.slot(output()),
        activation);
  }

  private static boolean isMatrix(INDArray array, DataType type) {
    return array.rank() == 2 && isHostFloat(array, type);
  }

  private static boolean isRow(INDArray array, DataType type, long columns) {
    boolean row = array.rank() == 1 || (array.rank() == 2 && array.size(0) == 1);
    return row && array.length() == columns && isHostFloat(array, type);
  }

  private static boolean isHostFloat(INDArray array, DataType type) {
    return array.dataType() == type
        && (type == DataType.FLOAT || type == DataType.DOUBLE)
        && HostArray.isContiguous(array);
  }
}
