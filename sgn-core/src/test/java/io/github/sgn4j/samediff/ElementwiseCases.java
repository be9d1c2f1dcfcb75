package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Ops of one variable that work element by element, and normalisations. */
final class ElementwiseCases {

  private ElementwiseCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    scalars(cases);
    functions(cases);
    activations(cases);
    normalisations(cases);
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
        RuleCase.inSingle(
            "cast to float and back", net -> net.active(3).castTo(DataType.FLOAT).castTo(net.type)));
    cases.add(
        RuleCase.inSingle("cast to float", net -> net.active(3).castTo(DataType.FLOAT).mul(2)));
    cases.add(
        RuleCase.of("cast to double", net -> net.active(3).castTo(DataType.DOUBLE).castTo(net.type)));
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
    cases.add(RuleCase.of("leaky relu", net -> net.sd.nn.leakyRelu(net.active(5), 0.1)));
    cases.add(RuleCase.of("elu", net -> net.sd.nn.elu(net.active(5))));
    cases.add(RuleCase.of("selu", net -> net.sd.nn.selu(net.active(5))));
    cases.add(RuleCase.of("gelu", net -> net.sd.nn.gelu(net.active(3))));
    cases.add(RuleCase.withoutSameDiff("precise gelu", net -> net.sd.nn.preciseGelu(net.active(3))));
    cases.add(RuleCase.of("swish", net -> net.sd.nn.swish(net.active(3))));
    cases.add(RuleCase.of("softplus", net -> net.sd.nn.softplus(net.active(3))));
  }

  private static void normalisations(List<RuleCase> cases) {
    cases.add(RuleCase.of("softmax", net -> net.sd.nn.softmax(net.active(3))));
    cases.add(RuleCase.of("softmax, last axis", net -> net.sd.nn.softmax(net.active(3), 1)));
    cases.add(RuleCase.of("softmax, axis -1", net -> net.sd.nn.softmax(net.active(2, 3), -1)));
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      cases.add(
          RuleCase.of(
              "softmax of rank 3, axis " + axis,
              net -> net.sd.nn.softmax(net.active(2, 3), along)));
      cases.add(
          RuleCase.of(
              "log_softmax of rank 3, axis " + axis,
              net -> net.sd.nn.logSoftmax(net.active(2, 3), along)));
    }
    cases.add(RuleCase.of("log_softmax", net -> net.sd.nn.logSoftmax(net.active(3))));
    cases.add(RuleCase.of("log_softmax of rank 3", net -> net.sd.nn.logSoftmax(net.active(2, 3))));
    layerNorms(cases);
  }

  private static void layerNorms(List<RuleCase> cases) {
    cases.add(
        RuleCase.of(
            "layer norm",
            net ->
                net.sd.nn.layerNorm(net.active(5), net.parameter(5), net.parameter(5), false, 1)));
    cases.add(
        RuleCase.of(
            "layer norm without bias",
            net -> net.sd.nn.layerNorm(net.active(5), net.parameter(5), false, 1)));
    cases.add(
        RuleCase.of(
            "layer norm, fixed gain and bias",
            net -> net.sd.nn.layerNorm(net.active(5), net.constant(5), net.constant(5), false, 1)));
    cases.add(
        RuleCase.of(
            "layer norm of the input",
            net -> net.sd.nn.layerNorm(net.x, net.parameter(4), net.parameter(4), false, 1)));
    cases.add(
        RuleCase.of(
            "layer norm of the input, only the bias trained",
            net -> net.sd.nn.layerNorm(net.x, net.constant(4), net.parameter(4), false, 1)));
    cases.add(
        RuleCase.of(
            "layer norm of rank 3, two dimensions",
            net ->
                net.sd.nn.layerNorm(
                    net.active(2, 3), net.parameter(3), net.parameter(3), false, 1, 2)));
    cases.add(
        RuleCase.of(
            "layer norm of rank 3, last dimension",
            net ->
                net.sd.nn.layerNorm(net.active(2, 3), net.parameter(3), net.parameter(3), false, 2)));
    cases.add(
        RuleCase.of(
            "layer norm, channels first",
            net ->
                net.sd.nn.layerNorm(
                    net.active(3, 2, 2), net.parameter(3), net.parameter(3), true, 1, 2, 3)));
    cases.add(
        RuleCase.of(
            "layer norm, channels first, without bias",
            net -> net.sd.nn.layerNorm(net.active(3, 2, 2), net.parameter(3), true, 1, 2, 3)));
    cases.add(
        RuleCase.of(
            "layer norm behind an activation",
            net -> {
              SDVariable h = net.sd.nn.tanh(net.active(5));
              return net.sd.nn
                  .layerNorm(h, net.parameter(5), net.parameter(5), false, 1)
                  .mmul(net.parameter(5, 2));
            }));
  }
}
