package io.github.sgn4j.plan;

import io.github.sgn4j.autodiff.OpCall;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;

/**
 * The numbers by which an op takes rows, as an embedding does with words. They come from the user's
 * data, and ND4J reads and writes wherever they point to, which ends the process.
 */
final class RowNumbers {

  private RowNumbers() {}

  /** Whether an op takes rows by numbers that are an input. */
  static boolean areInputOf(OpCall call) {
    return call.opName().equals("gather")
        && call.inputs().size() > 1
        && call.op() instanceof CustomOp;
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no row of some number
   */
  static void check(OpCall call, INDArray rows, INDArray numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    CustomOp op = (CustomOp) call.op();
    long axis = op.numIArguments() > 0 ? op.iArgs()[0] : 0;
    long count = rows.size((int) axis);
    long least = numbers.minNumber().longValue();
    long most = numbers.maxNumber().longValue();
    if (least < 0 || most >= count) {
      throw new IllegalArgumentException(
          "op '"
              + call.opName()
              + "' that makes "
              + call.outputs()
              + " is asked for number "
              + (least < 0 ? least : most)
              + "; numbers are 0 to "
              + (count - 1));
    }
  }
}
