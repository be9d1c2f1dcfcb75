package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Softmax, log-softmax and layer normalisation. */
final class NormalisationCases {

  private NormalisationCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.add(RuleCase.of("softmax", net -> net.sd.nn.softmax(net.active(3))));
    cases.add(RuleCase.of("softmax, last axis", net -> net.sd.nn.softmax(net.active(3), 1)));
    cases.add(RuleCase.of("softmax, axis -1", net -> net.sd.nn.softmax(net.active(2, 3), -1)));
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      // Along the samples a single one is constant: the skip connection is not.
      cases.add(
          RuleCase.of(
              "softmax of rank 3, axis " + axis,
              net -> {
                SDVariable h = net.active(2, 3);
                return net.sd.nn.softmax(h, along).add(h);
              }));
      // SameDiff cannot copy the op with its axis, which its gradient function begins with.
      cases.add(
          RuleCase.of(
                  "log_softmax of rank 3, axis " + axis,
                  net -> {
                    SDVariable h = net.active(2, 3);
                    return net.sd.nn.logSoftmax(h, along).add(h);
                  })
              .as(
                  net -> {
                    SDVariable h = net.active(2, 3);
                    return net.sd.math.log(net.sd.nn.softmax(h, along)).add(h);
                  }));
    }
    cases.add(RuleCase.of("log_softmax", net -> net.sd.nn.logSoftmax(net.active(3))));
    cases.add(RuleCase.of("log_softmax of rank 3", net -> net.sd.nn.logSoftmax(net.active(2, 3))));
    layerNorms(cases);
    return cases;
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
                net.sd.nn.layerNorm(
                    net.active(2, 3), net.parameter(3), net.parameter(3), false, 2)));
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
              return net.sd
                  .nn
                  .layerNorm(h, net.parameter(5), net.parameter(5), false, 1)
                  .mmul(net.parameter(5, 2));
            }));
  }
}
