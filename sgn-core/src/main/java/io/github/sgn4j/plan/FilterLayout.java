package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import org.nd4j.linalg.api.ops.CustomOp;

/** How the filters of a convolution lie in memory; the constants' order is ND4J's numbering. */
enum FilterLayout {
  /** [kernel rows, kernel columns, channels, filters]: the matrix that strips are multiplied by. */
  YXIO,
  /** [filters, channels, kernel rows, kernel columns]. */
  OIYX,
  /** [filters, kernel rows, kernel columns, channels]. */
  OYXI;

  /** The layout that an integer argument tells. */
  static FilterLayout of(OpCall call, int index) {
    long[] arguments = ((CustomOp) call.op()).iArgs();
    return arguments.length > index ? values()[(int) arguments[index]] : YXIO;
  }
}
