package io.github.sgn4j.autodiff;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/**
 * The rules for SameDiff's ops. Where a formula is written out in basic ops although SameDiff has a
 * reverse rule, it is so that the tangent can be differentiated once more (Hessians of composed
 * losses), or because SameDiff's rule is not exact.
 */
final class StandardRules {

  private StandardRules() {}

  static Map<String, TangentRule> all() {
    Map<String, TangentRule> rules = new TreeMap<>();
    linear(rules);
    bilinear(rules);
    elementwise(rules);
    normalizing(rules);
    ConvolutionRules.addTo(rules);
    PoolingRules.addTo(rules);
    return rules;
  }

  private static void linear(Map<String, TangentRule> rules) {
    for (String name :
        List.of(
            "neg",
            "identity",
            "cast",
            "reshape",
            "permute",
            "transpose",
            "squeeze",
            "expand_dims",
            "slice",
            "reduce_sum",
            "reduce_mean",
            "mul_scalar",
            "div_scalar",
            "flatten_2d",
            "tile")) {
      rules.put(name, StandardRules::linearInFirst);
    }
    rules.put("strided_slice", StridedSliceRule.INSTANCE);
    for (String name :
        List.of("add", "subtract", "reversesubtract", "biasadd", "concat", "stack")) {
      rules.put(name, StandardRules::linearInAll);
    }
    rules.put("add_scalar", call -> List.of(call.tangent(0)));
    rules.put("sub_scalar", call -> List.of(call.tangent(0)));
    rules.put("rsub_scalar", call -> List.of(call.tangent(0).neg()));
  }

  private static List<SDVariable> linearInFirst(RuleContext call) {
    SDVariable[] inputs = new SDVariable[call.inputCount()];
    inputs[0] = call.tangent(0);
    for (int i = 1; i < inputs.length; i++) {
      inputs[i] = call.input(i);
    }
    return call.reapply(inputs);
  }

  /** Integer inputs (an axis) stay as they are. */
  private static List<SDVariable> linearInAll(RuleContext call) {
    SDVariable[] inputs = new SDVariable[call.inputCount()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = call.inputType(i).isFPType() ? call.tangentOrZeros(i) : call.input(i);
    }
    return call.reapply(inputs);
  }

  private static void bilinear(Map<String, TangentRule> rules) {
    rules.put(
        "matmul",
        call ->
            BroadcastRules.sum(
                call.tangent(0) == null
                    ? null
                    : call.reapply(call.tangent(0), call.input(1)).get(0),
                call.tangent(1) == null
                    ? null
                    : call.reapply(call.input(0), call.tangent(1)).get(0)));
    BroadcastRules.addTo(rules);
    rules.put("xw_plus_b", StandardRules::affine);
  }

  /** x W + b: the tangent of the bias rides along with the weights' product. */
  private static List<SDVariable> affine(RuleContext call) {
    SameDiff sd = call.sameDiff();
    SDVariable dx = call.tangent(0);
    SDVariable dw = call.tangent(1);
    SDVariable bias = call.tangentOrZeros(2);
    if (dw == null) {
      SDVariable x = dx != null ? dx : sd.zerosLike(call.input(0));
      return List.of(sd.nn.linear(x, call.input(1), bias));
    }
    SDVariable byWeights = sd.nn.linear(call.input(0), dw, bias);
    return BroadcastRules.sum(byWeights, dx == null ? null : dx.mmul(call.input(1)));
  }

  private static void elementwise(Map<String, TangentRule> rules) {
    formula(rules, "rdiv_scalar", call -> call.output(0).div(call.input(0)).neg());
    formula(rules, "square", call -> call.input(0).mul(2.0));
    formula(rules, "sqrt", call -> call.output(0).rdiv(0.5));
    formula(rules, "exp", call -> call.output(0));
    formula(rules, "log", call -> call.input(0).rdiv(1.0));
    formula(rules, "abs", call -> call.sameDiff().math.sign(call.input(0)));
    formula(rules, "pow", StandardRules::powerDerivative);
    formula(rules, "sigmoid", call -> call.output(0).mul(call.output(0).rsub(1.0)));
    formula(rules, "tanh", call -> call.sameDiff().math.square(call.output(0)).rsub(1.0));
    formula(rules, "softplus", call -> call.sameDiff().nn.sigmoid(call.input(0)));
    formula(rules, "precise_gelu", StandardRules::preciseGeluDerivative);
    // ND4J computes with the constant rounded to single precision.
    formula(rules, "gelu", call -> sigmoidTimesDerivative(call, 1.702f));
    formula(rules, "swish", call -> sigmoidTimesDerivative(call, 1.0));
    // Steps rather than SameDiff's reverse rules, which cannot be differentiated once more.
    formula(rules, "relu", call -> call.sameDiff().math.step(call.input(0), scalar(call)));
    formula(
        rules,
        "leakyrelu",
        call -> {
          // 1 at 0 as SameDiff's.
          SDVariable negative = call.sameDiff().math.step(call.input(0).neg(), 0);
          return negative.mul(scalar(call) - 1).add(1.0);
        });
    for (String name : List.of("elu", "selu")) {
      rules.put(name, ElementwiseRule.byBackward());
    }
  }

  private static void formula(
      Map<String, TangentRule> rules, String name, Function<RuleContext, SDVariable> derivative) {
    rules.put(name, new ElementwiseRule(derivative));
  }

  private static double scalar(RuleContext call) {
    return ((ScalarOp) call.op()).scalar().getDouble(0);
  }

  private static SDVariable powerDerivative(RuleContext call) {
    double exponent = scalar(call);
    return call.sameDiff().math.pow(call.input(0), exponent - 1).mul(exponent);
  }

  /** (x s(cx))' = s + c x s (1 - s), with s the sigmoid: swish (c = 1) and SameDiff's gelu. */
  private static SDVariable sigmoidTimesDerivative(RuleContext call, double c) {
    SDVariable x = call.input(0);
    SDVariable s = call.sameDiff().nn.sigmoid(x.mul(c));
    return s.add(x.mul(c).mul(s).mul(s.rsub(1.0)));
  }

  /**
   * The tanh form of gelu (Hendrycks and Gimpel 2016) as ND4J computes it: it cubes the constant
   * along with x. SameDiff's own rule is off by 1e-5.
   */
  private static SDVariable preciseGeluDerivative(RuleContext call) {
    double c = Math.sqrt(2 / Math.PI);
    double a = Math.pow(0.044715, 3);
    SameDiff sd = call.sameDiff();
    SDVariable x = call.input(0);
    SDVariable squared = sd.math.square(x);
    SDVariable t = sd.math.tanh(x.mul(c).mul(squared.mul(a).add(1.0)));
    SDVariable inner = squared.mul(3 * a).add(1.0).mul(c);
    SDVariable slope = sd.math.square(t).rsub(1.0).mul(inner);
    return t.add(1.0).mul(0.5).add(x.mul(slope).mul(0.5));
  }

  private static void normalizing(Map<String, TangentRule> rules) {
    rules.put(
        "softmax",
        call -> {
          SDVariable weighted = call.tangent(0).mul(call.output(0));
          return List.of(weighted.sub(call.output(0).mul(weighted.sum(true, axis(call)))));
        });
    rules.put(
        "log_softmax",
        call -> {
          SDVariable probability = call.sameDiff().math.exp(call.output(0));
          SDVariable mean = call.tangent(0).mul(probability).sum(true, axis(call));
          return List.of(call.tangent(0).sub(mean));
        });
    rules.put("layer_norm", LayerNormRule.INSTANCE);
  }

  private static int axis(RuleContext call) {
    DynamicCustomOp op = (DynamicCustomOp) call.op();
    return op.numIArguments() > 0 ? (int) (long) op.getIArgument(0) : -1;
  }
}
