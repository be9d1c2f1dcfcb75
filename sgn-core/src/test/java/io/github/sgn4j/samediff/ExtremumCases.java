package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/** Maxima and minima of two arrays and along axes. */
final class ExtremumCases {

  private ExtremumCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    for (boolean keep : new boolean[] {false, true}) {
      String how = keep ? ", kept" : "";
      add(cases, "max of axis 1" + how, net -> net.sd.max(net.active(4, 3), keep, 1));
      add(cases, "min of axis 1" + how, net -> net.sd.min(net.active(4, 3), keep, 1));
      add(cases, "global max pooling" + how, net -> net.sd.max(net.active(3, 2, 3), keep, 2, 3));
      cases.add(
          RuleCase.of(
                  "max of an axis of length 1" + how, net -> net.sd.max(net.active(1, 3), keep, 1))
              .as(net -> keep ? net.active(1, 3) : net.sd.squeeze(net.active(1, 3), 1)));
    }
    add(cases, "maximum", net -> net.sd.max(net.active(3), net.active(3)));
    add(cases, "minimum", net -> net.sd.min(net.active(3), net.active(3)));
    // SameDiff's gradient of the array that is spread is wrong.
    cases.add(
        RuleCase.of(
                "maximum with a parameter", net -> net.sd.max(net.active(2, 3), net.parameter(3)))
            .withKinks()
            .as(
                net -> {
                  SDVariable h = net.active(2, 3);
                  SDVariable p = net.parameter(3);
                  return p.add(net.sd.nn.relu(h.sub(p), 0));
                }));
    add(cases, "minimum with a constant", net -> net.sd.min(net.constant(3), net.active(2, 3)));
    return cases;
  }

  private static void add(List<RuleCase> cases, String name, Function<Net, SDVariable> output) {
    cases.add(RuleCase.of(name, output).withKinks());
  }
}
