package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Poolings and upsampling of images, in both layouts. */
final class PoolingCases {

  private PoolingCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    for (boolean nhwc : new boolean[] {false, true}) {
      pool(cases, "2 x 2", nhwc, () -> windows(2, 2).sH(2).sW(2));
      pool(cases, "overlapping", nhwc, () -> windows(3, 2));
      pool(cases, "overlapping, stride 2 1", nhwc, () -> windows(3, 3).sH(2));
      pool(cases, "padding 1", nhwc, () -> windows(3, 2).sH(2).sW(2).pH(1).pW(1));
      pool(cases, "same", nhwc, () -> same(windows(2, 3)));
      pool(cases, "same, stride 2", nhwc, () -> same(windows(3, 3).sH(2).sW(2)));
      pool(cases, "same, even, stride 2", nhwc, () -> same(windows(2, 2).sH(2).sW(2)));
      pool(cases, "dilation 2 1", nhwc, () -> windows(2, 3).dH(2));
      pool(cases, "same, dilation 2", nhwc, () -> same(windows(2, 2).dH(2).dW(2)));
      average(
          cases,
          "padding counted",
          nhwc,
          () -> windows(3, 2).pH(1).pW(1).divisor(Pooling2D.Divisor.INCLUDE_PADDING));
      average(
          cases,
          "same, padding counted",
          nhwc,
          () -> same(windows(3, 2)).divisor(Pooling2D.Divisor.INCLUDE_PADDING));
      // SameDiff's gradient takes channels last for channels first.
      cases.add(
          RuleCase.of(
                  "upsampling" + layout(nhwc),
                  net -> net.sd.cnn.upsampling2d(image(net, nhwc), 2, 3, !nhwc))
              .as(net -> upsampledChannelsFirst(net, nhwc)));
    }
    return cases;
  }

  private static SDVariable upsampledChannelsFirst(Net net, boolean nhwc) {
    SDVariable image = image(net, nhwc);
    return nhwc
        ? net.sd.cnn.upsampling2d(image.permute(0, 3, 1, 2), 2, 3, true).permute(0, 2, 3, 1)
        : net.sd.cnn.upsampling2d(image, 2, 3, true);
  }

  private interface Config {
    Pooling2DConfig.Pooling2DConfigBuilder builder();
  }

  private static void pool(List<RuleCase> cases, String name, boolean nhwc, Config config) {
    cases.add(
        RuleCase.of(
                "max pooling" + layout(nhwc) + ", " + name,
                net ->
                    net.sd.cnn.maxPooling2d(
                        image(net, nhwc), config.builder().isNHWC(nhwc).build()))
            .withKinks());
    average(cases, name, nhwc, config);
  }

  private static void average(List<RuleCase> cases, String name, boolean nhwc, Config config) {
    Function<Net, SDVariable> output =
        net -> net.sd.cnn.avgPooling2d(image(net, nhwc), config.builder().isNHWC(nhwc).build());
    cases.add(RuleCase.of("average pooling" + layout(nhwc) + ", " + name, output));
  }

  private static String layout(boolean nhwc) {
    return nhwc ? " NHWC" : " NCHW";
  }

  private static Pooling2DConfig.Pooling2DConfigBuilder windows(int height, int width) {
    return Pooling2DConfig.builder().kH(height).kW(width).paddingMode(PaddingMode.VALID);
  }

  private static Pooling2DConfig.Pooling2DConfigBuilder same(
      Pooling2DConfig.Pooling2DConfigBuilder builder) {
    return builder.paddingMode(PaddingMode.SAME);
  }

  private static SDVariable image(Net net, boolean nhwc) {
    return nhwc ? net.active(5, 6, 2) : net.active(2, 5, 6);
  }
}
