package io.github.sgn4j.nd;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Host views of the few arrays that a kernel is called with again and again: a plan passes the same
 * output, tangent and adjoint every time, so that after the first call nothing is allocated.
 */
public final class HostArrays {

  private static final int KEPT = 4;

  private final HostArray[] kept = new HostArray[KEPT];
  private int next;

  /** The view of that array: the same one as long as few arrays take turns. */
  public HostArray of(INDArray array) {
    for (HostArray host : kept) {
      if (host != null && host.array() == array) {
        return host;
      }
    }
    HostArray host = HostArray.of(array);
    kept[next] = host;
    next = (next + 1) % KEPT;
    return host;
  }
}
