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
    PartRules.addTo(rules);
    ExtremumRules.addTo(rules);
    MomentRules.addTo(rules);
    rules.put("batchnorm", BatchNormRule.INSTANCE);
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
    return call.reapply(withTangents(call));
  }

  /** The op's inputs with tangents in their places; integers stay. */
  static SDVariable[] withTangents(RuleContext call) {
    SDVariable[] inputs = new SDVariable[call.inputCount()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = call.inputType(i).isFPType() ? call.tangentOrZeros(i) : call.input(i);
    }
    return inputs;
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
    moreFunctions(rules);
    for (String name : List.of("elu", "selu")) {
      rules.put(name, ElementwiseRule.byBackward());
    }
  }

  private static void moreFunctions(Map<String, TangentRule> rules) {
    formula(rules, "Reciprocal", call -> call.sameDiff().math.square(call.output(0)).neg());
    formula(rules, "rsqrt", call -> call.output(0).div(call.input(0)).mul(-0.5));
    formula(rules, "cube", call -> call.sameDiff().math.square(call.input(0)).mul(3.0));
    formula(rules, "sin", call -> call.sameDiff().math.cos(call.input(0)));
    formula(rules, "cos", call -> call.sameDiff().math.sin(call.input(0)).neg());
    formula(rules, "tan", call -> call.sameDiff().math.square(call.output(0)).add(1.0));
    formula(rules, "expm1", call -> call.output(0).add(1.0));
    formula(rules, "log1p", call -> call.input(0).add(1.0).rdiv(1.0));
    formula(rules, "logsigmoid", call -> call.sameDiff().nn.sigmoid(call.input(0).neg()));
    formula(
        rules,
        "softsign",
        call -> {
          SameDiff sd = call.sameDiff();
          return sd.math.square(sd.math.abs(call.input(0)).add(1.0)).rdiv(1.0);
        });
    formula(rules, "mish", StandardRules::mishDerivative);
    formula(rules, "hardtanh", call -> between(call, -1, 1));
    // ND4J computes with the constant rounded to single precision.
    formula(rules, "hard_sigmoid", call -> between(call, -2.5, 2.5).mul(0.2f));
    formula(rules, "relu6", call -> between(call, scalar(call), 6));
    formula(
        rules,
        "ClipByValue",
        call -> {
          if (call.inputCount() > 1) {
            throw call.unsupported("its bounds are variables; give them as numbers");
          }
          double[] bounds = ((DynamicCustomOp) call.op()).tArgs();
          return between(call, bounds[0], bounds[1]);
        });
  }

  /** One strictly between the bounds, else zero. */
  private static SDVariable between(RuleContext call, double low, double high) {
    SameDiff sd = call.sameDiff();
    SDVariable above = sd.math.step(call.input(0), low);
    return above.mul(sd.math.step(call.input(0).neg(), -high));
  }

  /** (x t)' with t = tanh(softplus(x)): t + x (1 - t^2) sigmoid(x). */
  private static SDVariable mishDerivative(RuleContext call) {
    SameDiff sd = call.sameDiff();
    SDVariable x = call.input(0);
    SDVariable t = sd.math.tanh(sd.nn.softplus(x));
    return t.add(x.mul(sd.math.square(t).rsub(1.0)).mul(sd.nn.sigmoid(x)));
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
