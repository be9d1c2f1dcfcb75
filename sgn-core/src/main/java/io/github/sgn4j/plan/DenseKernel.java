package io.github.sgn4j.plan;

import io.github.sgn4j.nd.Backend;
import io.github.sgn4j.nd.Blas;
import io.github.sgn4j.nd.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer y = f(x W + b) with x [rows, inputs] and W [inputs, columns]: matrix products by
 * BLAS, bias and activation in one pass over each result. Products with what does not depend on
 * parameters are left out, so that a first layer has no gradient with respect to its input.
 */
final class DenseKernel implements Kernel {

  private final Slot x;
  private final Slot weights;
  private final Slot bias;
  private final Slot output;
  private final int rows;
  private final int inputs;
  private final int columns;
  private final LayerPass pass;
  private final HostArray y;
  private final RowBlocks yBlocks;
  private RowBlocks xBlocks;
  private HostArray xValue;
  private HostArray w;
  private HostArray b;
  private HostArray derivative;
  private RowBlocks derivativeBlocks;
  private RowBlocks xDerivativeBlocks;
  private HostArray xDerivative;
  private HostArray wDerivative;
  private HostArray bDerivative;
  private HostArray ones;
  private boolean addToX;
  private boolean addToWeights;
  private boolean addToBias;

  /**
   * Binds a layer and runs it.
   *
   * @param bias null for none
   */
  DenseKernel(Slot x, Slot weights, Slot bias, Slot output, Activation activation) {
    this.x = x;
    this.weights = weights;
    this.bias = bias;
    this.output = output;
    this.rows = Math.toIntExact(x.value().size(0));
    this.inputs = Math.toIntExact(x.value().size(1));
    this.columns = Math.toIntExact(weights.value().size(1));
    INDArray result = Backend.allocate(x.value().dataType(), rows, columns);
    output.setValue(result);
    this.y = HostArray.of(result);
    this.yBlocks = RowBlocks.of(y, rows, columns, inputs);
    this.pass = LayerPass.of(y.precision(), activation, rows, columns);
    rebind();
    x.addReader(this);
    weights.addReader(this);
    if (bias != null) {
      bias.addReader(this);
    }
    forward();
  }

  @Override
  public void rebind() {
    xValue = HostArray.of(x.value());
    xBlocks = RowBlocks.of(xValue, rows, inputs, inputs);
    w = HostArray.of(weights.value());
    b = bias == null ? null : HostArray.of(bias.value());
  }

  @Override
  public void forward() {
    multiply(xBlocks, w, 0, yBlocks);
    pass.activate(y, b);
  }

  @Override
  public void prepare() {
    pass.prepare(y);
  }

  @Override
  public void bindTangents() {
    derivative = HostArray.of(output.derivative());
    derivativeBlocks = RowBlocks.of(derivative, rows, columns, inputs);
    xDerivative = x.isActive() ? HostArray.of(x.derivative()) : null;
    xDerivativeBlocks = x.isActive() ? RowBlocks.of(xDerivative, rows, inputs, inputs) : null;
    wDerivative = weights.isActive() ? HostArray.of(weights.derivative()) : null;
    bDerivative = bias != null && bias.isActive() ? HostArray.of(bias.derivative()) : null;
  }

  @Override
  public void bindAdjoints() {
    // In the order in which vjp writes: one variable may have two roles.
    addToWeights = weights.isActive() && weights.claimAdjoint();
    if (bDerivative != null) {
      addToBias = bias.claimAdjoint();
      INDArray array = Backend.allocate(output.value().dataType(), rows);
      array.assign(1);
      ones = HostArray.of(array);
    }
    addToX = x.isActive() && x.claimAdjoint();
  }

  @Override
  public void jvp() {
    double beta = 0;
    if (wDerivative != null) {
      multiply(xBlocks, wDerivative, 0, derivativeBlocks);
      beta = 1;
    }
    if (xDerivative != null) {
      multiply(xDerivativeBlocks, w, beta, derivativeBlocks);
      beta = 1;
    }
    if (beta == 0) {
      derivative.clear();
    }
    pass.tangent(derivative, bDerivative);
  }

  @Override
  public void vjp() {
    pass.adjoint(derivative);
    if (wDerivative != null) {
      multiplyTransposed(addToWeights ? 1 : 0);
    }
    if (bDerivative != null) {
      Blas.gemvTransposed(rows, columns, derivative, ones, addToBias ? 1 : 0, bDerivative);
    }
    adjointOfInput();
  }

  @Override
  public void backpropagate() {
    pass.adjoint(derivative);
    adjointOfInput();
  }

  private void adjointOfInput() {
    if (xDerivative != null) {
      Blas.gemm(false, true, rows, inputs, columns, derivative, w, addToX ? 1 : 0, xDerivative);
    }
  }

  @Override
  public boolean keepsRowsApart(long batchRows) {
    return rows == batchRows;
  }

  int rows() {
    return rows;
  }

  int inputs() {
    return inputs;
  }

  int columns() {
    return columns;
  }

  Slot weights() {
    return weights;
  }

  /** The bias, or null. */
  Slot bias() {
    return bias;
  }

  /** The layer's input [rows, inputs]. */
  HostArray input() {
    return xValue;
  }

  RowBlocks inputBlocks() {
    return xBlocks;
  }

  /** The weights' tangent and adjoint, or null. */
  HostArray weightsAdjoint() {
    return wDerivative;
  }

  /** The bias' tangent and adjoint, or null. */
  HostArray biasAdjoint() {
    return bDerivative;
  }

  /** After a backward pass, the adjoint of x W + b, [rows, columns]. */
  HostArray adjoint() {
    return derivative;
  }

  @Override
  public long bytes() {
    return pass.bytes();
  }

  /** to = from M + beta to, with M [inputs, columns]. */
  private void multiply(RowBlocks from, HostArray matrix, double beta, RowBlocks to) {
    for (int i = 0; i < from.count(); i++) {
      if (columns == 1) {
        Blas.gemv(from.rows(i), inputs, from.block(i), matrix, beta, to.block(i));
      } else {
        Blas.gemm(
            false, false, from.rows(i), columns, inputs, from.block(i), matrix, beta, to.block(i));
      }
    }
  }

  /** The weights' gradient x^T a, a being the output's adjoint. */
  private void multiplyTransposed(double beta) {
    for (int i = 0; i < xBlocks.count(); i++) {
      double add = i == 0 ? beta : 1;
      HostArray a = derivativeBlocks.block(i);
      int count = xBlocks.rows(i);
      if (columns == 1) {
        Blas.gemvTransposed(count, inputs, xBlocks.block(i), a, add, wDerivative);
      } else {
        Blas.gemm(true, false, inputs, columns, count, xBlocks.block(i), a, add, wDerivative);
      }
    }
  }
}
