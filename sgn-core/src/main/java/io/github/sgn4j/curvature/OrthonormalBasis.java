package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;

/** Orthonormal vectors, one added after another, in storage that is made once. */
final class OrthonormalBasis {

  private final FlatVector[] vectors;
  private int size;

  OrthonormalBasis(Precision precision, int dimension, int capacity) {
    vectors = new FlatVector[capacity];
    for (int i = 0; i < capacity; i++) {
      vectors[i] = FlatVector.zeros(precision, dimension);
    }
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  FlatVector get(int i) {
    return vectors[i];
  }

  /**
   * Takes from v what lies in the span. Twice: what the first pass leaves by rounding, the second
   * removes ("twice is enough", Giraud, Langou and Rozloznik 2005).
   */
  void removeFrom(FlatVector v) {
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < size; i++) {
        v.axpy(-v.dot(vectors[i]), vectors[i]);
      }
    }
  }

  /** Adds v / norm, v being orthogonal to the others and of that norm, above 0. */
  void add(FlatVector v, double norm) {
    FlatVector next = vectors[size++];
    next.assign(v);
    next.scale(1 / norm);
  }
}
