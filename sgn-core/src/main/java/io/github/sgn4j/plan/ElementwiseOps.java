package io.github.sgn4j.plan;

import java.util.Set;

/**
 * Ops that compute each element of their result from the elements at the same place of inputs of
 * the same shape. The list need not be complete: for others a network's rows count as mixed.
 */
final class ElementwiseOps {

  private static final Set<String> NAMES =
      Set.of(
          "identity",
          "neg",
          "add",
          "subtract",
          "reversesubtract",
          "multiply",
          "divide",
          "add_scalar",
          "sub_scalar",
          "rsub_scalar",
          "mul_scalar",
          "div_scalar",
          "rdiv_scalar",
          "square",
          "cube",
          "sqrt",
          "exp",
          "log",
          "abs",
          "sin",
          "cos",
          "sigmoid",
          "logsigmoid",
          "hard_sigmoid",
          "tanh",
          "hardtanh",
          "softplus",
          "softsign",
          "swish",
          "mish",
          "gelu",
          "precise_gelu",
          "relu",
          "relu6",
          "leakyrelu",
          "elu",
          "selu");

  private ElementwiseOps() {}

  static boolean contains(String opName) {
    return NAMES.contains(opName);
  }
}
