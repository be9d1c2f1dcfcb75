package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Variables that several ops read: their adjoints add up. */
final class SharingCases {

  private SharingCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.add(
        RuleCase.of(
            "one weight matrix in two layers",
            net -> {
              SDVariable w = net.parameter(4, 4);
              SDVariable b = net.parameter(4);
              SDVariable h = net.sd.nn.tanh(net.x.mmul(w).add(b));
              return net.sd.nn.tanh(h.mmul(w).add(b)).mmul(w);
            }));
    cases.add(
        RuleCase.of(
            "a weight matrix and its transpose",
            net -> {
              SDVariable w = net.parameter(4, 3);
              SDVariable h = net.sd.nn.sigmoid(net.x.mmul(w));
              return net.sd.mmul(h, w, false, true, false);
            }));
    cases.add(
        RuleCase.of(
            "a parameter in four places",
            net -> {
              SDVariable p = net.parameter(3);
              SDVariable h = net.active(3).add(p);
              return net.sd.nn.tanh(h.mul(p)).sub(p).add(net.sd.math.square(p));
            }));
    cases.add(
        RuleCase.of(
            "a skip connection",
            net -> {
              SDVariable h = net.active(3);
              SDVariable g = net.sd.nn.tanh(h.mmul(net.parameter(3, 3)).add(net.parameter(3)));
              return g.add(h).mmul(net.parameter(3, 2));
            }));
    cases.add(
        RuleCase.of(
            "the output is a parameter's sum with a constant",
            net -> net.passive(3).add(net.parameter(3))));
    return cases;
  }
}
