package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;

/**
 * Calls that look like a convolutional layer. Whether they are one shows when shapes are known; if
 * not, they run one by one.
 *
 * @param members the calls, in order
 * @param x the layer's input
 * @param weights its filters
 * @param bias its bias, or null
 * @param window how it slides
 * @param layout how the filters lie
 * @param activation its activation
 * @param pool its max pooling, or null
 * @param unpooled the layer without the pooling and what comes behind; null if there is no pooling
 */
record ConvNode(
    List<OpNode> members,
    String x,
    String weights,
    String bias,
    SlidingWindow window,
    FilterLayout layout,
    Activation activation,
    SlidingWindow pool,
    ConvNode unpooled)
    implements Node {

  ConvNode {
    members = List.copyOf(members);
  }

  @Override
  public Dependence dependence() {
    return members.get(members.size() - 1).dependence();
  }

  @Override
  public Kernel bind(Buffers buffers) {
    if (!fits(buffers)) {
      return new SequenceKernel(members, buffers);
    }
    long[] input = buffers.slot(x).value().shape();
    int height = (int) input[window.channelsFirst() ? 2 : 1];
    int width = (int) input[window.channelsFirst() ? 3 : 2];
    if (pool != null && !pool.tiles(window.outputHeight(height), window.outputWidth(width))) {
      List<Node> parts = new ArrayList<>();
      parts.add(unpooled);
      parts.addAll(members.subList(unpooled.members.size(), members.size()));
      return new SequenceKernel(parts, buffers);
    }
    ConvGeometry geometry =
        new ConvGeometry(
            (int) input[0],
            height,
            width,
            (int) input[window.channelsFirst() ? 1 : 3],
            (int) buffers.slot(weights).value().size(3),
            window,
            pool);
    return new ConvKernel(
        buffers.slot(x),
        buffers.slot(weights),
        bias == null ? null : buffers.slot(bias),
        buffers.slot(members.get(members.size() - 1).call().outputs().get(0)),
        geometry,
        activation);
  }

  /** Whether the kernel computes what the calls compute; where not, ND4J's ops may refuse. */
  private boolean fits(Buffers buffers) {
    INDArray input = buffers.slot(x).value();
    INDArray filters = buffers.slot(weights).value();
    DataType type = input.dataType();
    // One variable in two roles would be overwritten by one before the other is done with it.
    Set<String> roles = new HashSet<>(Arrays.asList(x, weights, bias));
    if (roles.size() != 3
        || layout != FilterLayout.YXIO
        || !isHostFloat(input, type, 4)
        || !isHostFloat(filters, type, 4)) {
      return false;
    }
    boolean first = window.channelsFirst();
    return filters.size(0) == window.kernelHeight()
        && filters.size(1) == window.kernelWidth()
        && filters.size(2) == input.size(first ? 1 : 3)
        && window.outputHeight((int) input.size(first ? 2 : 1)) > 0
        && window.outputWidth((int) input.size(first ? 3 : 2)) > 0
        && (bias == null || isBias(buffers.slot(bias).value(), type, filters.size(3)));
  }

  private boolean isBias(INDArray array, DataType type, long filters) {
    if (array.length() != filters || !isHostFloat(array, type, array.rank())) {
      return false;
    }
    OpNode adder = members.get(0).call().inputs().size() > 2 ? members.get(0) : members.get(1);
    if (!adder.call().opName().equals("add")) {
      // Only the flag tells along which dimension a bias is added that fits several.
      return array.rank() == 1 && (adder == members.get(0) || addsToChannels(adder));
    }
    int channels = window.channelsFirst() ? array.rank() - 3 : array.rank() - 1;
    return channels >= 0 && array.rank() <= 4 && array.size(channels) == filters;
  }

  private boolean addsToChannels(OpNode adder) {
    boolean[] flags = ((CustomOp) adder.call().op()).bArgs();
    return (flags.length > 0 && flags[0]) == window.channelsFirst();
  }

  private static boolean isHostFloat(INDArray array, DataType type, int rank) {
    return array.rank() == rank
        && array.dataType() == type
        && (type == DataType.FLOAT || type == DataType.DOUBLE)
        && HostArray.isContiguous(array);
  }
}
