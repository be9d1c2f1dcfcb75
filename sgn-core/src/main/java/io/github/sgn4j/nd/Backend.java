package io.github.sgn4j.nd;

import io.github.sgn4j.objective.Precision;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** What the running ND4J backend allows. */
public final class Backend {

  private Backend() {}

  /** Whether arrays live in host memory, so that BLAS and copies may use their addresses. */
  public static boolean isHost() {
    return Nd4j.getExecutioner().type() == OpExecutioner.ExecutionerType.NATIVE_CPU;
  }

  /**
   * A zero array in 'c' order outside any workspace: plans outlive the caller's scopes.
   *
   * @throws IllegalArgumentException if it would hold 2^31 elements or more
   */
  public static INDArray allocate(DataType type, long... shape) {
    long length = 1;
    for (long dimension : shape) {
      length = Math.multiplyExact(length, dimension);
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "an array of "
              + length
              + " elements is needed; use a smaller batch (the bound is 2^31 elements an array)");
    }
    try (var scope = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(type, shape, 'c');
    }
  }

  /** ND4J's name of a precision. */
  public static DataType dataType(Precision precision) {
    return precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
  }

  /**
   * The precision of a data type.
   *
   * @throws IllegalArgumentException if it is neither FLOAT nor DOUBLE
   */
  public static Precision precision(DataType type, String what) {
    return switch (type) {
      case FLOAT -> Precision.FLOAT;
      case DOUBLE -> Precision.DOUBLE;
      default ->
          throw new IllegalArgumentException(
              what + " is of type " + type + "; only FLOAT and DOUBLE are supported");
    };
  }
}
