package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Matrix products, biases and layers made of them. */
final class ProductCases {

  private ProductCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    cases.add(RuleCase.of("matmul by a parameter", net -> net.x.mmul(net.parameter(4, 3))));
    cases.add(
        RuleCase.of(
            "matmul of parameters",
            net -> net.x.mmul(net.parameter(4, 3).mmul(net.parameter(3, 2)))));
    for (int bits = 0; bits < 8; bits++) {
      boolean a = (bits & 1) != 0;
      boolean b = (bits & 2) != 0;
      boolean c = (bits & 4) != 0;
      String which = (a ? " A^T" : " A") + (b ? " B^T" : " B") + (c ? ", result transposed" : "");
      cases.add(RuleCase.of("matmul of matrices" + which, net -> matrices(net, a, b, c)));
      cases.add(RuleCase.of("matmul in batches" + which, net -> batches(net, a, b, c)));
    }
    cases.add(
        RuleCase.of(
            "matmul in batches, rank 4",
            net -> net.sd.mmul(net.active(2, 2, 3), net.active(2, 3, 2), false, false, false)));
    cases.add(
        RuleCase.of(
            "matmul in batches, one constant",
            net -> net.sd.mmul(net.passive(2, 3), net.active(3, 2), false, false, false)));
    cases.add(
        RuleCase.of(
            "matmul of a variable with itself",
            net -> {
              SDVariable h = net.active(2, 3);
              return net.sd.mmul(h, h, false, true, false);
            }));
    // SameDiff cannot differentiate the op for one sample.
    cases.add(
        RuleCase.of(
                "linear", net -> net.sd.nn.linear(net.active(3), net.parameter(3, 2), bias(net, 2)))
            .as(net -> net.active(3).mmul(net.parameter(3, 2)).add(bias(net, 2))));
    cases.add(
        RuleCase.of(
                "linear of the input",
                net -> net.sd.nn.linear(net.x, net.parameter(4, 2), bias(net, 2)))
            .as(net -> net.x.mmul(net.parameter(4, 2)).add(bias(net, 2))));
    cases.add(
        RuleCase.of(
                "linear with fixed weights",
                net -> net.sd.nn.linear(net.active(3), net.constant(3, 2), net.constant(2)))
            .as(net -> net.active(3).mmul(net.constant(3, 2)).add(net.constant(2))));
    cases.add(
        RuleCase.of(
                "linear, only the bias trained",
                net -> net.sd.nn.linear(net.x, net.constant(4, 2), bias(net, 2)))
            .as(net -> net.x.mmul(net.constant(4, 2)).add(bias(net, 2))));
    cases.add(
        RuleCase.of(
            "biasadd, matrix", net -> net.sd.nn.biasAdd(net.active(3), bias(net, 3), false)));
    cases.add(
        RuleCase.of(
            "biasadd NHWC", net -> net.sd.nn.biasAdd(net.active(2, 2, 3), bias(net, 3), false)));
    cases.add(
        RuleCase.of(
            "biasadd NCHW", net -> net.sd.nn.biasAdd(net.active(3, 2, 2), bias(net, 3), true)));
    cases.add(
        RuleCase.of("biasadd of the input", net -> net.sd.nn.biasAdd(net.x, bias(net, 4), false)));
    cases.add(
        RuleCase.of(
            "biasadd of a constant",
            net -> net.sd.nn.biasAdd(net.active(3), net.constant(3), false)));
    return cases;
  }

  private static SDVariable bias(Net net, long width) {
    return net.parameter(width);
  }

  /** (h A' B') with A' B' a 3 x 2 product of parameters, stored as the flags say. */
  private static SDVariable matrices(Net net, boolean a, boolean b, boolean c) {
    // A transposed result is (op(A) op(B))^T: 3 x 2 if op(A) op(B) is 2 x 3.
    long rows = c ? 2 : 3;
    long columns = c ? 3 : 2;
    SDVariable left = a ? net.parameter(5, rows) : net.parameter(rows, 5);
    SDVariable right = b ? net.parameter(columns, 5) : net.parameter(5, columns);
    return net.active(3).mmul(net.sd.mmul(left, right, a, b, c));
  }

  private static SDVariable batches(Net net, boolean a, boolean b, boolean c) {
    SDVariable left = a ? net.active(5, 3) : net.active(3, 5);
    SDVariable right = b ? net.active(2, 5) : net.active(5, 2);
    return net.sd.mmul(left, right, a, b, c);
  }
}
