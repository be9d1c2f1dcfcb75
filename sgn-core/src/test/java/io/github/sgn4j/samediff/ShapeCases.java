package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.Flatten2D;
import org.nd4j.linalg.factory.Nd4j;

/** Ops that move elements. */
final class ShapeCases {

  private ShapeCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    reshapes(cases);
    permutations(cases);
    parts(cases);
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
            "reshape to the shape of another",
            net -> net.active(6).reshape(net.passive(2, 3).shape())));
    cases.add(
        RuleCase.of("reshape of a parameter", net -> net.x.mmul(net.parameter(12).reshape(4, 3))));
    cases.add(
        RuleCase.of(
            "flatten to rows", net -> net.active(2, 3).reshape(-1, 6).mmul(net.parameter(6, 2))));
    cases.add(
        RuleCase.of(
            "flatten_2d", net -> new Flatten2D(net.sd, net.active(2, 3), 1).outputVariable()));
    cases.add(RuleCase.of("squeeze", net -> net.sd.squeeze(net.active(1, 3), 1)));
    cases.add(RuleCase.of("squeeze, last axis", net -> net.sd.squeeze(net.active(3, 1), -1)));
    cases.add(RuleCase.of("expand_dims", net -> net.sd.expandDims(net.active(3), 1)));
    cases.add(RuleCase.of("expand_dims, last axis", net -> net.sd.expandDims(net.active(3), -1)));
    cases.add(RuleCase.of("tile", net -> net.sd.tile(net.active(2), 1, 3)));
  }

  private static void permutations(List<RuleCase> cases) {
    cases.add(RuleCase.of("permute 0 2 1", net -> net.active(2, 3).permute(0, 2, 1)));
    cases.add(RuleCase.of("permute of rank 4", net -> net.active(2, 3, 2).permute(0, 3, 1, 2)));
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
        RuleCase.of(
            "concat along axis 2", net -> net.sd.concat(2, net.active(2, 3), net.active(2, 1))));
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
        RuleCase.of(
            "stack with a constant part", net -> net.sd.stack(2, net.passive(3), net.active(3))));
    cases.add(
        RuleCase.of(
            "slice",
            net -> net.active(3).mmul(net.sd.slice(net.parameter(5, 4), new int[] {1, 2}, 3, 2))));
    slices(cases);
  }

  /** SameDiff's gradient of a strided slice reads wrong shapes: it is given a product instead. */
  private static void slices(List<RuleCase> cases) {
    cases.add(
        RuleCase.of(
            "slice of columns", net -> net.sd.slice(net.active(5), new int[] {0, 1}, -1, 3)));
    cases.add(
        RuleCase.of(
                "strided slice, interval",
                net -> net.active(5).get(SDIndex.all(), SDIndex.interval(1, 4)))
            .as(net -> net.active(5).mmul(columns(net, 5, 1, 2, 3))));
    cases.add(
        RuleCase.of(
                "strided slice, every second",
                net -> net.active(5).get(SDIndex.all(), SDIndex.interval(0, 2, 5)))
            .as(net -> net.active(5).mmul(columns(net, 5, 0, 2, 4))));
    cases.add(
        RuleCase.of(
                "strided slice, point",
                net -> net.active(5, 2).get(SDIndex.all(), SDIndex.point(2), SDIndex.all()))
            .as(net -> net.active(10).mmul(columns(net, 10, 4, 5))));
    cases.add(
        RuleCase.of(
                "strided slice, point kept",
                net -> net.active(5, 2).get(SDIndex.all(), SDIndex.point(2, true), SDIndex.all()))
            .as(net -> net.active(10).mmul(columns(net, 10, 4, 5)).reshape(-1, 1, 2)));
    cases.add(
        RuleCase.of(
                "strided slice of three dimensions",
                net ->
                    net.active(3, 4)
                        .get(SDIndex.all(), SDIndex.interval(0, 2, 3), SDIndex.interval(1, 3)))
            .as(net -> net.active(12).mmul(columns(net, 12, 1, 2, 9, 10)).reshape(-1, 2, 2)));
    cases.add(
        RuleCase.of(
                "strided slice of a parameter",
                net ->
                    net.active(3)
                        .mmul(
                            net.sd.stridedSlice(
                                net.parameter(5, 4), new long[] {0, 1}, new long[] {5, 3}, 2, 1)))
            .as(
                net -> {
                  SDVariable h = net.active(3);
                  SDVariable rows = net.sd.transpose(columns(net, 5, 0, 2, 4));
                  return h.mmul(rows.mmul(net.parameter(5, 4)).mmul(columns(net, 4, 1, 2)));
                }));
    cases.add(
        RuleCase.of(
                "strided slice by variables",
                net ->
                    net.sd.stridedSlice(
                        net.active(5),
                        net.sd.constant(Nd4j.createFromArray(0, 1)),
                        net.sd.constant(Nd4j.createFromArray(0, 4)),
                        net.sd.constant(Nd4j.createFromArray(1, 1)),
                        1,
                        1,
                        0,
                        0,
                        0))
            .as(net -> net.active(5).mmul(columns(net, 5, 1, 2, 3))));
  }

  /** The matrix that picks columns out of {@code width}. */
  private static SDVariable columns(Net net, int width, int... picked) {
    INDArray matrix = Nd4j.zeros(net.type, width, picked.length);
    for (int i = 0; i < picked.length; i++) {
      matrix.putScalar(picked[i], i, 1);
    }
    return net.sd.constant(matrix);
  }
}
