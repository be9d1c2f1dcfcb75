package io.github.sgn4j.autodiff;

import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Where the windows of a convolution or a pooling of images lie, as the op's arguments say.
 *
 * @param kernelHeight window size
 * @param kernelWidth window size
 * @param strideHeight step from one window to the next
 * @param strideWidth step from one window to the next
 * @param padHeight explicit padding on both sides; unused with {@code same}
 * @param padWidth explicit padding on both sides; unused with {@code same}
 * @param dilationHeight step within a window
 * @param dilationWidth step within a window
 * @param same as many windows as the stride fits into the image
 */
record Geometry(
    long kernelHeight,
    long kernelWidth,
    long strideHeight,
    long strideWidth,
    long padHeight,
    long padWidth,
    long dilationHeight,
    long dilationWidth,
    boolean same) {

  /**
   * Reads the nine arguments with which conv2d and the poolings begin.
   *
   * @throws UnsupportedOpException if the windows' place depends on what is not known yet
   */
  static Geometry of(RuleContext call) {
    long[] args = ((DynamicCustomOp) call.op()).iArgs();
    if (args[0] < 1 || args[1] < 1) {
      throw call.unsupported("the kernel's size is left open; give it in the op's configuration");
    }
    if (args[8] > 1) {
      throw call.unsupported("causal padding of images has no meaning; use VALID or SAME");
    }
    Geometry geometry =
        new Geometry(
            args[0], args[1], args[2], args[3], args[4], args[5], args[6], args[7], args[8] == 1);
    if (geometry.same && (geometry.skipsHeight() > 1 || geometry.skipsWidth() > 1)) {
      // ND4J pads by a negative number there, other libraries do not.
      throw call.unsupported(
          "with SAME padding its stride leaves out two pixels or more between windows; use VALID");
    }
    return geometry;
  }

  /** Height of a window with the gaps that dilation makes. */
  long extentHeight() {
    return (kernelHeight - 1) * dilationHeight + 1;
  }

  /** Width of a window with the gaps that dilation makes. */
  long extentWidth() {
    return (kernelWidth - 1) * dilationWidth + 1;
  }

  private long skipsHeight() {
    return strideHeight - extentHeight();
  }

  private long skipsWidth() {
    return strideWidth - extentWidth();
  }
}
