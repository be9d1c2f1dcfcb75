package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.BatchNorm;

/** Batch normalisation with fixed statistics and with the batch's, and the statistics. */
final class BatchNormCases {

  private static final double EPSILON = 1e-3;

  private BatchNormCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    inference(cases, "of rows", 1, 3);
    inference(cases, "of sequences", 2, 2, 3);
    inference(cases, "NCHW", 1, 3, 2, 2);
    inference(cases, "NHWC", 3, 2, 2, 3);
    inference(cases, "NHWC, axis -1", -1, 2, 2, 3);
    moments(cases);
    training(cases);
    return cases;
  }

  private static void inference(List<RuleCase> cases, String name, int axis, long... perSample) {
    boolean first = perSample.length == 3 && axis == 1;
    String full = "batch norm " + name;
    cases.add(
        RuleCase.of(
                full,
                net ->
                    net.sd.nn.batchNorm(
                        net.active(perSample),
                        net.constant(3),
                        variance(net.constant(3)),
                        net.parameter(3),
                        net.parameter(3),
                        EPSILON,
                        axis))
            .as(
                net ->
                    composed(
                        net,
                        net.active(perSample),
                        net.constant(3),
                        variance(net.constant(3)),
                        net.parameter(3),
                        net.parameter(3),
                        first)));
    cases.add(
        RuleCase.of(
                full + ", of the input, statistics trained",
                net ->
                    net.sd.nn.batchNorm(
                        net.passive(perSample),
                        net.parameter(3),
                        variance(net.parameter(3)),
                        net.parameter(3),
                        net.parameter(3),
                        EPSILON,
                        axis))
            .as(
                net ->
                    composed(
                        net,
                        net.passive(perSample),
                        net.parameter(3),
                        variance(net.parameter(3)),
                        net.parameter(3),
                        net.parameter(3),
                        first)));
    cases.add(
        RuleCase.of(
                full + ", no gain, no bias",
                net ->
                    new BatchNorm(
                            net.sd,
                            net.active(perSample),
                            net.parameter(3),
                            variance(net.parameter(3)),
                            null,
                            null,
                            EPSILON,
                            new int[] {axis})
                        .outputVariable())
            .as(
                net ->
                    composed(
                        net,
                        net.active(perSample),
                        net.parameter(3),
                        variance(net.parameter(3)),
                        null,
                        null,
                        first)));
  }

  private static SDVariable variance(SDVariable v) {
    return v.getSameDiff().math.square(v).add(0.5);
  }

  private static SDVariable composed(
      Net net,
      SDVariable x,
      SDVariable mean,
      SDVariable variance,
      SDVariable gain,
      SDVariable bias,
      boolean first) {
    SDVariable standard =
        x.sub(spread(mean, first)).mul(net.sd.math.rsqrt(spread(variance, first).add(EPSILON)));
    SDVariable scaled = gain == null ? standard : standard.mul(spread(gain, first));
    return bias == null ? scaled : scaled.add(spread(bias, first));
  }

  /** Along the channels of images if they come first; along the last axis it spreads by itself. */
  private static SDVariable spread(SDVariable v, boolean first) {
    return first ? v.reshape(3, 1, 1) : v;
  }

  private static void moments(List<RuleCase> cases) {
    for (boolean keep : new boolean[] {false, true}) {
      String how = keep ? ", kept" : "";
      for (int output = 0; output < 2; output++) {
        int which = output;
        cases.add(
            RuleCase.of(
                    "moment " + (output + 1) + " of axes 1 and 2" + how,
                    net -> net.sd.math.moments(net.active(2, 2, 3), new int[] {1, 2}, keep)[which])
                .as(
                    net -> {
                      SDVariable h = net.active(2, 2, 3);
                      SDVariable mean = h.mean(true, 1, 2);
                      return which == 0
                          ? h.mean(keep, 1, 2)
                          : net.sd.math.square(h.sub(mean)).mean(keep, 1, 2);
                    }));
      }
      for (boolean corrected : new boolean[] {false, true}) {
        cases.add(
            RuleCase.of(
                    "variance of axis 1" + (corrected ? ", corrected" : "") + how,
                    net -> net.sd.variance(net.active(4, 3), corrected, keep, 1))
                .as(
                    net -> {
                      SDVariable h = net.active(4, 3);
                      SDVariable mean = h.mean(true, 1);
                      SDVariable sum = net.sd.math.square(h.sub(mean)).sum(keep, 1);
                      return sum.div(corrected ? 3 : 4);
                    }));
      }
    }
    cases.add(RuleCase.of("standardize", net -> net.sd.math.standardize(net.active(2, 3), 1, 2)));
  }

  private static void training(List<RuleCase> cases) {
    // With one sample of one pixel all is constant: the skip connection is not.
    cases.add(
        RuleCase.of(
                "batch norm of the batch's moments",
                net -> {
                  SDVariable h = net.active(3, 2, 2);
                  SDVariable[] moments = net.sd.math.moments(h, new int[] {0, 2, 3}, false);
                  return net.sd.nn.batchNorm(
                      h, moments[0], moments[1], net.parameter(3), net.parameter(3), EPSILON, 1);
                })
            .as(BatchNormCases::trainingComposed)
            .notForOneSample());
    cases.add(
        RuleCase.of("batch norm composed of basic ops", BatchNormCases::trainingComposed)
            .notForOneSample());
  }

  private static SDVariable trainingComposed(Net net) {
    SDVariable h = net.active(3, 2, 2);
    SDVariable mean = h.mean(true, 0, 2, 3);
    SDVariable centered = h.sub(mean);
    SDVariable variance = net.sd.math.square(centered).mean(true, 0, 2, 3);
    SDVariable standard = centered.div(net.sd.math.sqrt(variance.add(EPSILON)));
    return standard
        .mul(net.parameter(3).reshape(1, 3, 1, 1))
        .add(net.parameter(3).reshape(1, 3, 1, 1));
  }
}
