package io.github.sgn4j.samediff;

import static io.github.sgn4j.samediff.ConvolutionCases.kernel;
import static io.github.sgn4j.samediff.ConvolutionCases.same;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv1DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/** Convolutions of sequences; depthwise, separable and transposed convolutions of images. */
final class OtherConvolutionCases {

  private OtherConvolutionCases() {}

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    for (String format : List.of(Conv2DConfig.NCHW, Conv2DConfig.NHWC)) {
      images(cases, "stride 1", kernel(3, 2).dataFormat(format).build());
      images(cases, "stride 2 1", kernel(3, 2).sH(2).dataFormat(format).build());
      images(cases, "padding 1 2", kernel(3, 2).pH(1).pW(2).dataFormat(format).build());
      images(cases, "same", same(kernel(2, 3)).dataFormat(format).build());
      images(cases, "same, stride 2", same(kernel(3, 2).sH(2).sW(2)).dataFormat(format).build());
      images(cases, "dilation 2 1", kernel(2, 3).dH(2).dataFormat(format).build());
      transposed(cases, "stride 1", format, 1, 0, PaddingMode.VALID);
      transposed(cases, "stride 2", format, 2, 0, PaddingMode.VALID);
      transposed(cases, "stride 2, padding 1", format, 2, 1, PaddingMode.VALID);
      transposed(cases, "same, stride 2", format, 2, 0, PaddingMode.SAME);
    }
    for (String format : List.of(Conv1DConfig.NCW, Conv1DConfig.NWC)) {
      sequences(cases, "stride 1", format, 1, 0, 1, PaddingMode.VALID);
      sequences(cases, "stride 2, padding 1", format, 2, 1, 1, PaddingMode.VALID);
      sequences(cases, "dilation 2", format, 1, 0, 2, PaddingMode.VALID);
      sequences(cases, "same", format, 1, 0, 1, PaddingMode.SAME);
      sequences(cases, "same, stride 2", format, 2, 0, 1, PaddingMode.SAME);
      sequences(cases, "causal", format, 1, 0, 1, PaddingMode.CAUSAL);
      sequences(cases, "causal, dilation 2", format, 1, 0, 2, PaddingMode.CAUSAL);
    }
    return cases;
  }

  private static void images(List<RuleCase> cases, String name, Conv2DConfig config) {
    String format = config.getDataFormat();
    long h = config.getKH();
    long w = config.getKW();
    String how = " " + format + ", " + name;
    cases.add(
        RuleCase.of(
            "depthwise" + how,
            net ->
                net.sd.cnn.depthWiseConv2d(
                    image(net, format), net.parameter(h, w, 2, 2), net.parameter(4), config)));
    cases.add(
        RuleCase.of(
            "depthwise" + how + ", no bias",
            net ->
                net.sd.cnn.depthWiseConv2d(image(net, format), net.parameter(h, w, 2, 2), config)));
    cases.add(
        RuleCase.of(
            "separable" + how,
            net ->
                net.sd.cnn.separableConv2d(
                    image(net, format),
                    net.parameter(h, w, 2, 2),
                    net.parameter(1, 1, 4, 3),
                    net.parameter(3),
                    config)));
    cases.add(
        RuleCase.of(
            "separable" + how + ", no bias",
            net ->
                net.sd.cnn.separableConv2d(
                    image(net, format),
                    net.parameter(h, w, 2, 2),
                    net.parameter(1, 1, 4, 3),
                    config)));
  }

  private static void transposed(
      List<RuleCase> cases,
      String name,
      String format,
      long stride,
      long padding,
      PaddingMode mode) {
    cases.add(
        RuleCase.of(
            "transposed " + format + ", " + name,
            net ->
                net.sd.cnn.deconv2d(
                    image(net, format),
                    net.parameter(3, 2, 3, 2),
                    net.parameter(3),
                    DeConv2DConfig.builder()
                        .kH(3)
                        .kW(2)
                        .sH(stride)
                        .sW(stride)
                        .pH(padding)
                        .pW(padding)
                        .isSameMode(mode == PaddingMode.SAME)
                        .dataFormat(format)
                        .build())));
  }

  private static void sequences(
      List<RuleCase> cases,
      String name,
      String format,
      long stride,
      long padding,
      long dilation,
      PaddingMode mode) {
    Conv1DConfig config =
        Conv1DConfig.builder()
            .k(3)
            .s(stride)
            .p(padding)
            .d(dilation)
            .paddingMode(mode)
            .dataFormat(format)
            .build();
    String how = "conv1d " + format + ", " + name;
    cases.add(
        RuleCase.of(
            how,
            net ->
                net.sd.cnn.conv1d(
                    sequence(net, format), net.parameter(3, 2, 3), net.parameter(3), config)));
    cases.add(
        RuleCase.of(
            how + ", no bias",
            net -> net.sd.cnn.conv1d(sequence(net, format), net.parameter(3, 2, 3), config)));
  }

  private static SDVariable sequence(Net net, String format) {
    return format.equals(Conv1DConfig.NCW) ? net.active(2, 7) : net.active(7, 2);
  }

  private static SDVariable image(Net net, String format) {
    return ConvolutionCases.image(net, format);
  }
}
