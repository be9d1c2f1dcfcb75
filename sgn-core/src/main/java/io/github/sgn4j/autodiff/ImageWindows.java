package io.github.sgn4j.autodiff;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Im2col;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Im2colBp;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The windows of an image side by side, and the transpose of that. Padding is written out: ND4J's
 * im2col does not place it as its convolutions do if the two sides differ.
 */
final class ImageWindows {

  private static final int[] TO_CHANNELS_FIRST = {0, 3, 1, 2};
  private static final int[] TO_CHANNELS_LAST = {0, 2, 3, 1};

  private final RuleContext call;
  private final SameDiff sd;
  private final Geometry geometry;
  private final boolean channelsLast;

  ImageWindows(RuleContext call, Geometry geometry, boolean channelsLast) {
    this.call = call;
    this.sd = call.sameDiff();
    this.geometry = geometry;
    this.channelsLast = channelsLast;
  }

  /** An image [N, C, H, W] of what stands in the op's layout. */
  SDVariable channelsFirst(SDVariable image) {
    return channelsLast ? image.permute(TO_CHANNELS_FIRST) : image;
  }

  /** The op's layout of an image [N, C, H, W]. */
  SDVariable opLayout(SDVariable image) {
    return channelsLast ? image.permute(TO_CHANNELS_LAST) : image;
  }

  /** The op's first input as [N, C, H, W]. */
  SDVariable input() {
    return call.shared("channels first", () -> channelsFirst(call.input(0)));
  }

  /**
   * Windows of an image as large as the input.
   *
   * @param image [N, C, H, W]
   * @param padding what stands outside the image
   * @return [N, C, kernel height, kernel width, output height, output width]
   */
  SDVariable of(SDVariable image, double padding) {
    return new Im2col(sd, pad(image, padding), config()).outputVariable();
  }

  /**
   * The transpose of {@link #of}: adds up the windows where they came from.
   *
   * @param windows [N, C, kernel height, kernel width, output height, output width]
   * @return [N, C, H, W]
   */
  SDVariable add(SDVariable windows) {
    SDVariable padded = call.shared("padded", () -> pad(input(), 0));
    SDVariable sum = new Im2colBp(sd, padded, windows, config()).outputVariable();
    if (!hasPadding()) {
      return sum;
    }
    SDVariable begin = call.shared("padding begins", () -> sd.unstack(paddings(), 1, 2)[0]);
    return sd.slice(sum, begin, call.shared("input shape", () -> shape()));
  }

  private SDVariable pad(SDVariable image, double value) {
    return hasPadding() ? sd.nn.pad(image, paddings(), PadMode.CONSTANT, value) : image;
  }

  private boolean hasPadding() {
    return geometry.same() || geometry.padHeight() > 0 || geometry.padWidth() > 0;
  }

  private Conv2DConfig config() {
    return Conv2DConfig.builder()
        .kH(geometry.kernelHeight())
        .kW(geometry.kernelWidth())
        .sH(geometry.strideHeight())
        .sW(geometry.strideWidth())
        .dH(geometry.dilationHeight())
        .dW(geometry.dilationWidth())
        .build();
  }

  private SDVariable shape() {
    return sd.shape(input());
  }

  /** For each dimension of [N, C, H, W] the padding before and after. */
  private SDVariable paddings() {
    return call.shared(
        "paddings",
        () -> {
          if (!geometry.same()) {
            long h = geometry.padHeight();
            long w = geometry.padWidth();
            return sd.constant(Nd4j.createFromArray(new long[][] {{0, 0}, {0, 0}, {h, h}, {w, w}}));
          }
          SDVariable none = sd.constant(Nd4j.createFromArray(0L, 0L));
          return sd.stack(
              0,
              none,
              none,
              samePadding(2, geometry.extentHeight(), geometry.strideHeight()),
              samePadding(3, geometry.extentWidth(), geometry.strideWidth()));
        });
  }

  /** As in TensorFlow: what the windows stick out by in total, the smaller half before. */
  private SDVariable samePadding(int dimension, long extent, long stride) {
    SDVariable size = sd.sizeAt(input(), dimension).castTo(DataType.DOUBLE);
    SDVariable windows = sd.math.ceil(size.div((double) stride));
    SDVariable beyond = windows.sub(1).mul((double) stride).add((double) extent).sub(size);
    SDVariable total = sd.nn.relu(beyond, 0);
    SDVariable before = sd.math.floor(total.div(2));
    return sd.stack(0, before, total.sub(before)).castTo(DataType.INT64);
  }
}
