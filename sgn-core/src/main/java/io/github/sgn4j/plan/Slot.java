package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The buffers of one variable. Tangent and adjoint share one array: a Jacobian-vector product is
 * over before a vector-Jacobian product begins.
 */
final class Slot {

  private final String name;
  private final Dependence dependence;
  private final boolean active;
  private final List<Kernel> readers = new ArrayList<>();
  private INDArray value;
  private INDArray derivative;
  private boolean adjointClaimed;

  /**
   * A slot without buffers.
   *
   * @param name the variable's name
   * @param dependence what its value depends on
   * @param active whether it depends on trainable parameters by a differentiable path
   */
  Slot(String name, Dependence dependence, boolean active) {
    this.name = name;
    this.dependence = dependence;
    this.active = active;
  }

  String name() {
    return name;
  }

  Dependence dependence() {
    return dependence;
  }

  boolean isActive() {
    return active;
  }

  INDArray value() {
    return value;
  }

  void setValue(INDArray array) {
    value = array;
  }

  /** Replaces the value's array by another of the same shape and tells the readers. */
  void replaceValue(INDArray array) {
    if (value != array) {
      value = array;
      readers.forEach(Kernel::rebind);
    }
  }

  void addReader(Kernel kernel) {
    readers.add(kernel);
  }

  /** How often kernels read it. */
  int readerCount() {
    return readers.size();
  }

  /** The tangent during a Jacobian-vector product, the adjoint during a vector-Jacobian product. */
  INDArray derivative() {
    if (derivative == null) {
      derivative = Backend.allocate(value.dataType(), value.shape());
    }
    return derivative;
  }

  INDArray derivativeOrNull() {
    return derivative;
  }

  /**
   * Whether the caller, asking in the order of execution, is not the first to write the adjoint.
   */
  boolean claimAdjoint() {
    boolean before = adjointClaimed;
    adjointClaimed = true;
    return before;
  }

  boolean isAdjointClaimed() {
    return adjointClaimed;
  }

  /**
   * Bytes of its arrays, but for a constant's value.
   *
   * @param ownsValue false where somebody else holds the value's array
   */
  long bytes(boolean ownsValue) {
    boolean own = ownsValue && dependence != Dependence.CONSTANT && value != null;
    return (own ? bytes(value) : 0) + (derivative != null ? bytes(derivative) : 0);
  }

  private static long bytes(INDArray array) {
    return array.length() * array.dataType().width();
  }
}
