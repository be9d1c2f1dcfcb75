package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.shape.Flatten2D;
import org.nd4j.linalg.factory.Nd4j;

/** Ops that move elements, reductions, and parameters that are used several times. */
final class ShapeCases {

  private ShapeCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    reshapes(cases);
    permutations(cases);
    parts(cases);
    reductions(cases);
    sharing(cases);
    return cases;
  }

  private static void reshapes(List<RuleCase> cases) {
    cases.add(RuleCase.of("reshape with -1", net -> net.active(6).reshape(-1, 2, 3)));
    cases.add(
        RuleCase.of(
            "reshape by a constant variable",
            net -> net.active(6).reshape(net.sd.constant(Nd4j.createFromArray(-1, 3, 2)))));
    cases.add(
        RuleCase.of(
            "reshape to the shape of another", net -> net.active(6).reshape(net.passive(2, 3).shape())));
    cases.add(
        RuleCase.of(
            "reshape of a parameter", net -> net.x.mmul(net.parameter(12).reshape(4, 3))));
    cases.add(
        RuleCase.of("flatten to rows", net -> net.active(2, 3).reshape(-1, 6).mmul(net.parameter(6, 2))));
    cases.add(
        RuleCase.of(
            "flatten_2d",
            net -> new Flatten2D(net.sd, net.active(2, 3), 1).outputVariable()));
    cases.add(RuleCase.of("squeeze", net -> net.sd.squeeze(net.active(1, 3), 1)));
    cases.add(RuleCase.of("squeeze, last axis", net -> net.sd.squeeze(net.active(3, 1), -1)));
    cases.add(RuleCase.of("expand_dims", net -> net.sd.expandDims(net.active(3), 1)));
    cases.add(RuleCase.of("expand_dims, last axis", net -> net.sd.expandDims(net.active(3), -1)));
    cases.add(RuleCase.of("tile", net -> net.sd.tile(net.active(2), 1, 3)));
  }

  private static void permutations(List<RuleCase> cases) {
    cases.add(RuleCase.of("permute 0 2 1", net -> net.active(2, 3).permute(0, 2, 1)));
    cases.add(
        RuleCase.of("permute of rank 4", net -> net.active(2, 3, 2).permute(0, 3, 1, 2)));
    cases.add(
        RuleCase.of(
            "permute by a variable",
            net -> net.active(2, 3).permute(net.sd.constant(Nd4j.createFromArray(0, 2, 1)))));
    cases.add(
        RuleCase.of(
            "transpose of a parameter", net -> net.x.mmul(net.sd.transpose(net.parameter(3, 4)))));
    cases.add(
        RuleCase.of(
            "transpose twice", net -> net.sd.transpose(net.sd.transpose(net.active(3)).mul(2))));
  }

  private static void parts(List<RuleCase> cases) {
    cases.add(
        RuleCase.of("concat along columns", net -> net.sd.concat(1, net.active(2), net.active(3))));
    cases.add(
        RuleCase.of(
            "concat with a constant part",
            net -> net.sd.concat(1, net.active(2), net.passive(3), net.active(1))));
    cases.add(
        RuleCase.of("concat along axis 2", net -> net.sd.concat(2, net.active(2, 3), net.active(2, 1))));
    cases.add(
        RuleCase.of(
            "concat of parameters along rows",
            net -> net.x.mmul(net.sd.concat(0, net.parameter(1, 3), net.parameter(3, 3)))));
    cases.add(
        RuleCase.of(
            "concat of a variable and itself",
            net -> {
              SDVariable h = net.active(2);
              return net.sd.concat(1, h, h);
            }));
    cases.add(RuleCase.of("stack", net -> net.sd.stack(1, net.active(3), net.active(3))));
    cases.add(
        RuleCase.of("stack with a constant part", net -> net.sd.stack(2, net.passive(3), net.active(3))));
    cases.add(
        RuleCase.of(
            "slice", net -> net.active(3).mmul(net.sd.slice(net.parameter(5, 4), new int[] {1, 2}, 3, 2))));
    cases.add(
        RuleCase.of(
            "strided slice, interval",
            net -> net.active(5).get(SDIndex.all(), SDIndex.interval(1, 4))));
    cases.add(
        RuleCase.of(
            "strided slice, every second",
            net -> net.active(5).get(SDIndex.all(), SDIndex.interval(0, 2, 5))));
    cases.add(
        RuleCase.of(
            "strided slice, point",
            net -> net.active(5, 2).get(SDIndex.all(), SDIndex.point(2), SDIndex.all())));
    cases.add(
        RuleCase.of(
            "strided slice, point kept",
            net -> net.active(5, 2).get(SDIndex.all(), SDIndex.point(2, true), SDIndex.all())));
    cases.add(
        RuleCase.of(
            "strided slice backwards",
            net ->
                net.active(3)
                    .mmul(
                        net.sd.stridedSlice(
                            net.parameter(5, 4), new long[] {3, 3}, new long[] {0, 1}, -1, -1))));
  }

  private static void reductions(List<RuleCase> cases) {
    for (boolean keep : new boolean[] {false, true}) {
      String how = keep ? ", kept" : "";
      cases.add(RuleCase.of("sum of axis 1" + how, net -> net.active(2, 3).sum(keep, 1)));
      cases.add(RuleCase.of("sum of axes 1 and 2" + how, net -> net.active(2, 3, 2).sum(keep, 1, 2)));
      cases.add(RuleCase.of("sum of axis -1" + how, net -> net.active(2, 3).sum(keep, -1)));
      cases.add(RuleCase.of("sum of an axis of length 1" + how, net -> net.active(1, 3).sum(keep, 1)));
      cases.add(RuleCase.of("mean of axis 1" + how, net -> net.active(2, 3).mean(keep, 1)));
      cases.add(RuleCase.of("mean of axes 1 and 3" + how, net -> net.active(2, 3, 2).mean(keep, 1, 3)));
      cases.add(RuleCase.of("mean of axis -1" + how, net -> net.active(2, 3).mean(keep, -1)));
      cases.add(RuleCase.of("mean of an axis of length 1" + how, net -> net.active(3, 1).mean(keep, 2)));
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
              net -> net.active(3).mul(net.active(3).sum(keep, 0))));
      cases.add(
          RuleCase.of(
              "mean over the samples" + how,
              net -> net.active(3).mul(net.active(3).mean(keep, 0))));
    }
    cases.add(
        RuleCase.of(
            "mean of all axes by number", net -> net.active(2).mul(net.active(3).mean(0, 1))));
  }

  private static void sharing(List<RuleCase> cases) {
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
        RuleCase.of("the output is a parameter's sum with a constant", net -> net.passive(3).add(net.parameter(3))));
  }
}
