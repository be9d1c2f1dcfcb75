package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import org.nd4j.linalg.api.ops.CustomOp;

/**
 * How a convolution or a pooling slides over its input, as the op's integer arguments tell.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight rows from one window to the next
 * @param strideWidth columns from one window to the next
 * @param paddingTop explicit padding, above as below
 * @param paddingLeft explicit padding, left as right
 * @param dilationHeight rows from one row of the window to the next
 * @param dilationWidth columns from one column of the window to the next
 * @param mode 0 for explicit padding, 1 for "same", others are not understood here
 * @param channelsFirst NCHW, or else NHWC
 */
record SlidingWindow(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingTop,
    int paddingLeft,
    int dilationHeight,
    int dilationWidth,
    int mode,
    boolean channelsFirst) {

  private static final int EXPLICIT = 0;
  private static final int SAME = 1;

  /**
   * The window of an op, or null if its arguments are none that we know.
   *
   * @param formatIndex which integer argument tells the data format
   */
  static SlidingWindow of(OpCall call, int formatIndex) {
    if (!(call.op() instanceof CustomOp op) || op.numIArguments() <= formatIndex) {
      return null;
    }
    long[] a = op.iArgs();
    SlidingWindow window =
        new SlidingWindow(
            (int) a[0],
            (int) a[1],
            (int) a[2],
            (int) a[3],
            (int) a[4],
            (int) a[5],
            (int) a[6],
            (int) a[7],
            (int) a[8],
            a[formatIndex] == 0);
    return window.isUsable() ? window : null;
  }

  private boolean isUsable() {
    return kernelHeight > 0
        && kernelWidth > 0
        && strideHeight > 0
        && strideWidth > 0
        && dilationHeight > 0
        && dilationWidth > 0
        && (mode == SAME || (mode == EXPLICIT && paddingTop >= 0 && paddingLeft >= 0));
  }

  /** Number of windows from top to bottom. */
  int outputHeight(int height) {
    return output(height, kernelHeight, strideHeight, paddingTop, dilationHeight);
  }

  /** Number of windows from left to right. */
  int outputWidth(int width) {
    return output(width, kernelWidth, strideWidth, paddingLeft, dilationWidth);
  }

  private int output(int length, int kernel, int stride, int padding, int dilation) {
    if (mode == SAME) {
      return (length + stride - 1) / stride;
    }
    int free = length + 2 * padding - span(kernel, dilation);
    return free < 0 ? 0 : free / stride + 1;
  }

  /** Rows of padding above the input. */
  int top(int height) {
    return mode == SAME
        ? samePadding(height, outputHeight(height), kernelHeight, strideHeight, dilationHeight)
        : paddingTop;
  }

  /** Columns of padding left of the input. */
  int left(int width) {
    return mode == SAME
        ? samePadding(width, outputWidth(width), kernelWidth, strideWidth, dilationWidth)
        : paddingLeft;
  }

  /** As ND4J: the odd one goes below; negative where the stride leaves some of the input out. */
  private static int samePadding(int length, int output, int kernel, int stride, int dilation) {
    return ((output - 1) * stride + span(kernel, dilation) - length) / 2;
  }

  private static int span(int kernel, int dilation) {
    return (kernel - 1) * dilation + 1;
  }

  /** Whether no two windows overlap and all lie within an input of that size. */
  boolean tiles(int height, int width) {
    return dilationHeight == 1
        && dilationWidth == 1
        && strideHeight >= kernelHeight
        && strideWidth >= kernelWidth
        && top(height) == 0
        && left(width) == 0
        && outputHeight(height) > 0
        && outputWidth(width) > 0
        && (outputHeight(height) - 1) * strideHeight + kernelHeight <= height
        && (outputWidth(width) - 1) * strideWidth + kernelWidth <= width;
  }
}
