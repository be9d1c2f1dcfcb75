package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Sums and means over any axes. */
final class ReductionCases {

  private ReductionCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    // SameDiff fails on the samples' axis if it has length 1, and on negative axes that are kept.
    for (boolean keep : new boolean[] {false, true}) {
      String how = keep ? ", kept" : "";
      cases.add(RuleCase.of("sum of axis 1" + how, net -> net.active(2, 3).sum(keep, 1)));
      cases.add(
          RuleCase.of("sum of axes 1 and 2" + how, net -> net.active(2, 3, 2).sum(keep, 1, 2)));
      cases.add(
          RuleCase.of("sum of axis -1" + how, net -> net.active(2, 3).sum(keep, -1))
              .as(net -> net.active(2, 3).sum(keep, 2)));
      cases.add(
          RuleCase.of("sum of an axis of length 1" + how, net -> net.active(1, 3).sum(keep, 1)));
      cases.add(RuleCase.of("mean of axis 1" + how, net -> net.active(2, 3).mean(keep, 1)));
      cases.add(
          RuleCase.of("mean of axes 1 and 3" + how, net -> net.active(2, 3, 2).mean(keep, 1, 3)));
      cases.add(
          RuleCase.of("mean of axis -1" + how, net -> net.active(2, 3).mean(keep, -1))
              .as(net -> net.active(2, 3).mean(keep, 2)));
      cases.add(
          RuleCase.of("mean of an axis of length 1" + how, net -> net.active(3, 1).mean(keep, 2)));
      cases.add(
          RuleCase.of(
              "sum of all" + how,
              net -> {
                SDVariable h = net.active(2, 3);
                return net.active(2).add(h.sum(keep).reshape());
              }));
      cases.add(
          RuleCase.of(
              "mean of all" + how,
              net -> {
                SDVariable h = net.active(2, 3);
                return net.active(2).mul(h.mean(keep).reshape());
              }));
      cases.add(
          RuleCase.of(
                  "sum over the samples" + how,
                  net -> net.active(3).mul(net.active(3).sum(keep, 0)))
              .notForOneSample());
      cases.add(
          RuleCase.of(
                  "mean over the samples" + how,
                  net -> net.active(3).mul(net.active(3).mean(keep, 0)))
              .notForOneSample());
    }
    cases.add(
        RuleCase.of(
            "mean of all axes by number", net -> net.active(2).mul(net.active(3).mean(0, 1))));
    return cases;
  }
}
