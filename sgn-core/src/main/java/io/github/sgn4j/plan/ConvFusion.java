package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;

/**
 * Convolutional layers: a convolution, perhaps a bias, perhaps an activation, perhaps a max
 * pooling; the last two in either order.
 */
final class ConvFusion {

  private static final int CONV_FORMAT = 9;
  private static final int POOL_FORMAT = 10;
  private static final int FILTER_FORMAT = 10;

  private ConvFusion() {}

  /** The layer that starts with a node, or null if it starts none. */
  static Node layer(OpNode node, LayerChain chain) {
    OpCall call = node.call();
    SlidingWindow window = SlidingWindow.of(call, CONV_FORMAT);
    if (window == null) {
      return null;
    }
    String x = call.inputs().get(0);
    String weights = call.inputs().get(1);
    String bias = call.inputs().size() > 2 ? call.inputs().get(2) : chain.takeBias();
    FilterLayout layout = FilterLayout.of(call, FILTER_FORMAT);
    Activation activation = chain.takeActivation();
    ConvNode unpooled =
        new ConvNode(chain.members(), x, weights, bias, window, layout, activation, null, null);
    SlidingWindow pool = takePool(chain, window);
    if (pool == null) {
      return unpooled;
    }
    if (activation == Activation.IDENTITY) {
      activation = chain.takeActivation();
    }
    return new ConvNode(
        chain.members(), x, weights, bias, window, layout, activation, pool, unpooled);
  }

  /** Takes a max pooling of the same data format, if one comes next. */
  private static SlidingWindow takePool(LayerChain chain, SlidingWindow window) {
    OpCall call = chain.next();
    if (call == null || !call.opName().equals("maxpool2d")) {
      return null;
    }
    SlidingWindow pool = SlidingWindow.of(call, POOL_FORMAT);
    if (pool == null || pool.channelsFirst() != window.channelsFirst()) {
      return null;
    }
    chain.take();
    return pool;
  }
}
