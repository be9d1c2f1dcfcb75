package io.github.sgn4j.plan;

import io.github.sgn4j.nd.HostArray;
import io.github.sgn4j.objective.Precision;

/**
 * The elementwise passes of a dense layer over its rows x columns results, in chunks that stay in
 * the cache: copied to the heap, computed where the JIT compiler vectorises, and copied back.
 */
interface LayerPass {

  /** Elements in a chunk, about; a whole number of rows. */
  int CHUNK = 4096;

  /** Passes for that precision and shape. */
  static LayerPass of(Precision precision, Activation activation, int rows, int columns) {
    return precision == Precision.FLOAT
        ? new FloatLayerPass(activation, rows, columns)
        : new DoubleLayerPass(activation, rows, columns);
  }

  /** z becomes f(z + bias); no bias if null. */
  void activate(HostArray z, HostArray bias);

  /** Keeps f' at the layer's output y. */
  void prepare(HostArray y);

  /** t becomes (t + bias tangent) * f'; no bias tangent if null. */
  void tangent(HostArray t, HostArray biasTangent);

  /** a becomes a * f'. */
  void adjoint(HostArray a);

  /** Bytes that it holds. */
  long bytes();
}
