package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Gathering, splitting and padding. */
final class PartCases {

  private PartCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    gathers(cases);
    splits(cases);
    pads(cases);
    return cases;
  }

  private static void gathers(List<RuleCase> cases) {
    // Rows of an embedding by the input's signs, so that some are taken repeatedly.
    cases.add(
        RuleCase.of("gather of rows", net -> net.sd.gather(net.parameter(5, 3), numbers(net), 0))
            .as(net -> looked(net, 5, 3)));
    cases.add(
        RuleCase.of(
                "gather of computed rows",
                net ->
                    net.sd.gather(net.parameter(5, 2).mmul(net.parameter(2, 3)), numbers(net), 0))
            .as(
                net ->
                    net.sd
                        .oneHot(numbers(net), 5, -1, 1, 0, net.type)
                        .reshape(-1, 5)
                        .mmul(net.parameter(5, 2).mmul(net.parameter(2, 3)))
                        .reshape(-1, 4, 3)));
    cases.add(
        RuleCase.of(
                "gather of columns", net -> net.sd.gather(net.active(5), new int[] {3, 0, 3}, 1))
            .as(
                net -> {
                  SDVariable h = net.active(5);
                  return net.sd.concat(1, column(net, h, 3), column(net, h, 0), column(net, h, 3));
                }));
    cases.add(
        RuleCase.of(
                "embedding, mean of the words",
                net -> net.sd.gather(net.parameter(5, 3), numbers(net), 0).mean(1))
            .as(net -> looked(net, 5, 3).mean(1)));
  }

  private static SDVariable column(Net net, SDVariable h, int column) {
    return net.sd.slice(h, new int[] {0, column}, -1, 1);
  }

  /** Row numbers 0 to 4 of the input, [N, 4]. */
  private static SDVariable numbers(Net net) {
    return net.sd.math.clipByValue(net.sd.math.abs(net.x.mul(2)), 0, 4).castTo(DataType.INT32);
  }

  private static SDVariable looked(Net net, int rows, int width) {
    return net.sd
        .oneHot(numbers(net), rows, -1, 1, 0, net.type)
        .reshape(-1, rows)
        .mmul(net.parameter(rows, width))
        .reshape(-1, Net.FEATURES, width);
  }

  private static void splits(List<RuleCase> cases) {
    cases.add(
        RuleCase.of(
            "split",
            net -> {
              SDVariable[] parts = net.sd.split(net.active(6), 3, 1);
              return parts[0].mul(parts[1]).add(parts[2]);
            }));
    cases.add(
        RuleCase.of(
            "split of rank 3, one part unused",
            net -> {
              SDVariable[] parts = net.sd.split(net.active(2, 6), 3, 2);
              return parts[0].mul(parts[2]);
            }));
    cases.add(
        RuleCase.of(
                "split into unequal parts",
                net -> {
                  SDVariable[] parts =
                      net.sd.splitV(
                          net.active(5), net.sd.constant(Nd4j.createFromArray(2, 1, 2)), 3, 1);
                  return parts[0].mul(parts[2]).add(parts[1]);
                })
            .as(
                net -> {
                  SDVariable h = net.active(5);
                  SDVariable first = net.sd.slice(h, new int[] {0, 0}, -1, 2);
                  SDVariable last = net.sd.slice(h, new int[] {0, 3}, -1, 2);
                  return first.mul(last).add(column(net, h, 2));
                }));
    cases.add(
        RuleCase.of(
            "unstack",
            net -> {
              SDVariable[] parts = net.sd.unstack(net.active(3, 2), 1, 3);
              return parts[0].mul(parts[1]).add(parts[2]);
            }));
    cases.add(
        RuleCase.of(
            "unstack along the last axis, one part unused",
            net -> {
              SDVariable[] parts = net.sd.unstack(net.active(2, 3), 2, 3);
              return parts[0].mul(parts[1]);
            }));
  }

  private static void pads(List<RuleCase> cases) {
    for (double value : new double[] {0, 1.5}) {
      cases.add(
          RuleCase.of(
                  "pad with " + value,
                  net -> net.sd.nn.pad(net.active(2, 3), paddings(net), PadMode.CONSTANT, value))
              .as(
                  net -> {
                    SDVariable h = net.active(2, 3);
                    SDVariable left = edge(h, 1, value);
                    SDVariable right = edge(h, 2, value);
                    SDVariable wide = net.sd.concat(2, left, h, right);
                    SDVariable under = wide.mul(0).add(value);
                    return net.sd.concat(
                        1, wide, net.sd.slice(under, new int[] {0, 0, 0}, -1, 1, -1));
                  }));
    }
    cases.add(
        RuleCase.of(
                "pad, symmetric",
                net -> net.sd.nn.pad(net.active(2, 3), paddings(net), PadMode.SYMMETRIC, 0))
            .as(net -> mirrored(net, new int[] {0, 0, 1, 2, 2, 1})));
    cases.add(
        RuleCase.of(
                "pad, reflected",
                net -> net.sd.nn.pad(net.active(2, 3), paddings(net), PadMode.REFLECT, 0))
            .as(net -> mirrored(net, new int[] {1, 0, 1, 2, 1, 0})));
  }

  private static SDVariable mirrored(Net net, int[] columns) {
    SDVariable h = net.active(2, 3);
    SDVariable[] parts = new SDVariable[columns.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = net.sd.slice(h, new int[] {0, 0, columns[i]}, -1, -1, 1);
    }
    SDVariable wide = net.sd.concat(2, parts);
    int below = columns[0] == 0 ? 1 : 0;
    return net.sd.concat(1, wide, net.sd.slice(wide, new int[] {0, below, 0}, -1, 1, -1));
  }

  private static SDVariable edge(SDVariable h, int width, double value) {
    return h.getSameDiff().slice(h, new int[] {0, 0, 0}, -1, -1, width).mul(0).add(value);
  }

  /** Nothing along the samples, one row below, one column left and two right. */
  private static SDVariable paddings(Net net) {
    return net.sd.constant(Nd4j.createFromArray(new int[][] {{0, 0}, {0, 1}, {1, 2}}));
  }
}
