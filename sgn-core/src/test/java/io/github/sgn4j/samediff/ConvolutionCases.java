package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/** Two-dimensional convolutions: layouts, strides, dilations, paddings. */
final class ConvolutionCases {

  private ConvolutionCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    for (String format : List.of(Conv2DConfig.NCHW, Conv2DConfig.NHWC)) {
      for (WeightsFormat weights : WeightsFormat.values()) {
        add(cases, "stride 1", format, weights, kernel(3, 2));
        add(cases, "stride 2 1", format, weights, kernel(3, 2).sH(2));
        add(cases, "padding 1 2", format, weights, kernel(3, 2).pH(1).pW(2));
        add(cases, "same", format, weights, same(kernel(2, 3)));
      }
      WeightsFormat weights = WeightsFormat.YXIO;
      add(cases, "1 x 1", format, weights, kernel(1, 1));
      add(cases, "dilation 2 1", format, weights, kernel(2, 3).dH(2));
      add(cases, "same, stride 2", format, weights, same(kernel(3, 3).sH(2).sW(2)));
      add(cases, "same, even, stride 2 3", format, weights, same(kernel(2, 4).sH(2).sW(3)));
      add(cases, "same, dilation 2", format, weights, same(kernel(2, 3).dH(2).dW(2)));
      add(cases, "same, 1 x 1, stride 2", format, weights, same(kernel(1, 1).sH(2).sW(2)));
      add(
          cases,
          "padding 2, stride 3, dilation 2",
          format,
          weights,
          kernel(2, 3).pH(2).pW(2).sH(3).sW(2).dH(2).dW(2));
      operands(cases, format);
    }
    return cases;
  }

  /** Each of the operands fixed or trained. */
  private static void operands(List<RuleCase> cases, String format) {
    String which = "conv2d " + format + ", ";
    Conv2DConfig config = kernel(2, 3).dataFormat(format).build();
    cases.add(
        RuleCase.of(
            which + "fixed weights",
            net -> net.sd.cnn.conv2d(image(net, format), net.constant(2, 3, 2, 3), config)));
    cases.add(
        RuleCase.of(
            which + "only the bias trained",
            net ->
                net.sd.cnn.conv2d(
                    fixedImage(net, format), net.constant(2, 3, 2, 3), net.parameter(3), config)));
    cases.add(
        RuleCase.of(
            which + "only image and bias trained",
            net ->
                net.sd.cnn.conv2d(
                    image(net, format), net.constant(2, 3, 2, 3), net.parameter(3), config)));
    cases.add(
        RuleCase.of(
            which + "fixed bias",
            net ->
                net.sd.cnn.conv2d(
                    image(net, format), net.parameter(2, 3, 2, 3), net.constant(3), config)));
    cases.add(
        RuleCase.of(
            which + "only the weights trained",
            net ->
                net.sd.cnn.conv2d(
                    fixedImage(net, format), net.parameter(2, 3, 2, 3), net.constant(3), config)));
  }

  private static void add(
      List<RuleCase> cases,
      String name,
      String format,
      WeightsFormat weightsFormat,
      Conv2DConfig.Conv2DConfigBuilder builder) {
    Conv2DConfig config = builder.dataFormat(format).weightsFormat(weightsFormat).build();
    String full = "conv2d " + format + ", " + weightsFormat + ", " + name;
    // SameDiff's gradient function loses the weights' layout: it is asked about permuted ones.
    Conv2DConfig plain = builder.weightsFormat(WeightsFormat.YXIO).build();
    cases.add(
        RuleCase.of(
                full,
                net ->
                    net.sd.cnn.conv2d(
                        image(net, format), weights(net, config), net.parameter(3), config))
            .as(
                net ->
                    net.sd.cnn.conv2d(
                        image(net, format), yxio(net, config), net.parameter(3), plain)));
    cases.add(
        RuleCase.of(
                full + ", no bias",
                net -> net.sd.cnn.conv2d(image(net, format), weights(net, config), config))
            .as(net -> net.sd.cnn.conv2d(image(net, format), yxio(net, config), plain)));
    cases.add(
        RuleCase.of(
                full + ", of the input",
                net ->
                    net.sd.cnn.conv2d(
                        fixedImage(net, format), weights(net, config), net.parameter(3), config))
            .as(
                net ->
                    net.sd.cnn.conv2d(
                        fixedImage(net, format), yxio(net, config), net.parameter(3), plain)));
  }

  static Conv2DConfig.Conv2DConfigBuilder kernel(int height, int width) {
    return Conv2DConfig.builder().kH(height).kW(width).paddingMode(PaddingMode.VALID);
  }

  static Conv2DConfig.Conv2DConfigBuilder same(Conv2DConfig.Conv2DConfigBuilder builder) {
    return builder.paddingMode(PaddingMode.SAME);
  }

  /** Two channels to three. */
  private static SDVariable weights(Net net, Conv2DConfig config) {
    long h = config.getKH();
    long w = config.getKW();
    return switch (config.getWeightsFormat()) {
      case YXIO -> net.parameter(h, w, 2, 3);
      case OIYX -> net.parameter(3, 2, h, w);
      case OYXI -> net.parameter(3, h, w, 2);
    };
  }

  private static SDVariable yxio(Net net, Conv2DConfig config) {
    SDVariable weights = weights(net, config);
    return switch (config.getWeightsFormat()) {
      case YXIO -> weights;
      case OIYX -> weights.permute(2, 3, 1, 0);
      case OYXI -> weights.permute(1, 2, 3, 0);
    };
  }

  /** Trained images of two channels, 5 x 6. */
  static SDVariable image(Net net, String format) {
    return format.equals(Conv2DConfig.NCHW) ? net.active(2, 5, 6) : net.active(5, 6, 2);
  }

  private static SDVariable fixedImage(Net net, String format) {
    return format.equals(Conv2DConfig.NCHW) ? net.passive(2, 5, 6) : net.passive(5, 6, 2);
  }
}
