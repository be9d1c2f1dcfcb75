package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;

/** Ops of one variable that work element by element. */
final class ElementwiseCases {

  private ElementwiseCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    scalars(cases);
    functions(cases);
    activations(cases);
    moreFunctions(cases);
    return cases;
  }

  private static void scalars(List<RuleCase> cases) {
    cases.add(RuleCase.of("add a scalar", net -> net.active(3).add(1.5)));
    cases.add(RuleCase.of("sub a scalar", net -> net.active(3).sub(1.5)));
    cases.add(RuleCase.of("mul by a scalar", net -> net.active(3).mul(-1.5)));
    cases.add(RuleCase.of("div by a scalar", net -> net.active(3).div(-1.5)));
    cases.add(RuleCase.of("rsub from a scalar", net -> net.active(3).rsub(1.5)));
    cases.add(RuleCase.of("rdiv of a scalar", net -> net.positive(3).rdiv(1.5)));
    for (double exponent : new double[] {-1.5, 0.5, 1, 2, 2.5, 3}) {
      cases.add(RuleCase.of("pow " + exponent, net -> net.positive(3).pow(exponent)));
    }
    cases.add(RuleCase.of("pow 2 of negative numbers", net -> net.active(3).pow(2)));
    cases.add(RuleCase.of("pow 3 of negative numbers", net -> net.sd.math.pow(net.active(3), 3)));
  }

  private static void functions(List<RuleCase> cases) {
    cases.add(RuleCase.of("neg", net -> net.sd.math.neg(net.active(3))));
    cases.add(RuleCase.of("identity", net -> net.sd.identity(net.active(3))));
    cases.add(
        RuleCase.of(
                "cast to float and back",
                net -> net.active(3).castTo(DataType.FLOAT).castTo(net.type))
            .inSingle());
    cases.add(
        RuleCase.of("cast to float", net -> net.active(3).castTo(DataType.FLOAT).mul(2))
            .inSingle());
    cases.add(
        RuleCase.of(
            "cast to double", net -> net.active(3).castTo(DataType.DOUBLE).castTo(net.type)));
    cases.add(RuleCase.of("square", net -> net.sd.math.square(net.active(3))));
    cases.add(RuleCase.of("sqrt", net -> net.sd.math.sqrt(net.positive(3))));
    cases.add(RuleCase.of("exp", net -> net.sd.math.exp(net.active(3))));
    cases.add(RuleCase.of("log", net -> net.sd.math.log(net.positive(3))));
    cases.add(RuleCase.of("abs", net -> net.sd.math.abs(net.active(3))));
  }

  private static void activations(List<RuleCase> cases) {
    cases.add(RuleCase.of("sigmoid", net -> net.sd.nn.sigmoid(net.active(3))));
    cases.add(RuleCase.of("tanh", net -> net.sd.nn.tanh(net.active(3))));
    cases.add(RuleCase.of("tanh of sd.math", net -> net.sd.math.tanh(net.active(3))));
    cases.add(RuleCase.of("relu", net -> net.sd.nn.relu(net.active(5), 0)));
    cases.add(RuleCase.of("relu with a cutoff", net -> net.sd.nn.relu(net.active(5), 0.4)));
    // SameDiff's gradient rounds the slope to single precision, its forward pass does not.
    cases.add(
        RuleCase.of("leaky relu", net -> net.sd.nn.leakyRelu(net.active(5), 0.1))
            .as(
                net -> {
                  SDVariable h = net.active(5);
                  return net.sd.nn.relu(h, 0).sub(net.sd.nn.relu(h.neg(), 0).mul(0.1));
                }));
    cases.add(RuleCase.of("elu", net -> net.sd.nn.elu(net.active(5))));
    cases.add(RuleCase.of("selu", net -> net.sd.nn.selu(net.active(5))));
    // SameDiff's gradient takes 1.702 in double, its forward pass in single precision.
    cases.add(
        RuleCase.of("gelu", net -> net.sd.nn.gelu(net.active(3)))
            .as(
                net -> {
                  SDVariable h = net.active(3);
                  return h.mul(net.sd.nn.sigmoid(h.mul(1.702f)));
                }));
    // SameDiff's gradient is off by 1e-5.
    cases.add(
        RuleCase.of("precise gelu", net -> net.sd.nn.preciseGelu(net.active(3)))
            .as(
                net -> {
                  SDVariable h = net.active(3);
                  SDVariable cubic = h.add(h.mul(0.044715).pow(3)).mul(Math.sqrt(2 / Math.PI));
                  return h.mul(net.sd.nn.tanh(cubic).add(1)).mul(0.5);
                }));
    cases.add(RuleCase.of("swish", net -> net.sd.nn.swish(net.active(3))));
    cases.add(RuleCase.of("softplus", net -> net.sd.nn.softplus(net.active(3))));
  }

  private static void moreFunctions(List<RuleCase> cases) {
    cases.add(RuleCase.of("reciprocal", net -> net.sd.math.reciprocal(net.positive(3))));
    cases.add(RuleCase.of("rsqrt", net -> net.sd.math.rsqrt(net.positive(3))));
    cases.add(RuleCase.of("cube", net -> net.sd.math.cube(net.active(3))));
    cases.add(RuleCase.of("sin", net -> net.sd.math.sin(net.active(3))));
    cases.add(RuleCase.of("cos", net -> net.sd.math.cos(net.active(3))));
    cases.add(RuleCase.of("tan", net -> net.sd.math.tan(net.sd.nn.tanh(net.active(3)))));
    cases.add(RuleCase.of("expm1", net -> net.sd.math.expm1(net.active(3))));
    cases.add(RuleCase.of("log1p", net -> net.sd.math.log1p(net.positive(3))));
    cases.add(RuleCase.of("log sigmoid", net -> net.sd.nn.logSigmoid(net.active(3))));
    cases.add(RuleCase.of("softsign", net -> net.sd.nn.softsign(net.active(3))));
    // SameDiff's gradient is an op that the backend does not know.
    cases.add(
        RuleCase.of("mish", net -> new Mish(net.sd, net.active(3), false).outputVariable())
            .as(
                net -> {
                  SDVariable h = net.active(3);
                  return h.mul(net.sd.nn.tanh(net.sd.nn.softplus(h)));
                }));
    cases.add(RuleCase.of("hard tanh", net -> net.sd.nn.hardTanh(net.active(5))).withKinks());
    cases.add(RuleCase.of("hard sigmoid", net -> net.sd.nn.hardSigmoid(net.active(5))).withKinks());
    cases.add(RuleCase.of("relu6", net -> net.sd.nn.relu6(net.active(5).mul(4), 0)).withKinks());
    cases.add(
        RuleCase.of("clip by value", net -> net.sd.math.clipByValue(net.active(5), -0.7, 0.9))
            .withKinks());
  }
}
