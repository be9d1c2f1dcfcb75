package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import java.util.Arrays;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;

/** Dense layers: a matrix product, perhaps a bias, perhaps an activation. */
final class DenseFusion {

  private DenseFusion() {}

  /** The layer that starts with a node, or null if it starts none. */
  static Node layer(OpNode node, LayerChain chain) {
    OpCall call = node.call();
    String bias;
    if (call.op() instanceof Mmul product && isPlain(product)) {
      bias = chain.takeBias();
    } else if (call.opName().equals("xw_plus_b")) {
      bias = call.inputs().get(2);
    } else {
      return null;
    }
    Activation activation = chain.takeActivation();
    return new DenseNode(
        chain.members(), call.inputs().get(0), call.inputs().get(1), bias, activation);
  }

  private static boolean isPlain(Mmul product) {
    return Arrays.stream(product.iArgs()).allMatch(transposed -> transposed == 0);
  }
}
