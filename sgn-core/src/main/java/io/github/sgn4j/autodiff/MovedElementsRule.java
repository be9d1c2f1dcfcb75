package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Ops that put each element of their first input nowhere, somewhere or in several places. The
 * adjoint is scattered to where the elements came from: to the numbers that the op itself takes
 * when it is applied to the elements' numbers.
 *
 * <p>SameDiff's reverse rule of a strided slice reads past the shape of an input that has a
 * dimension of length one, as a batch of one sample has; that of gathering along other axes than
 * the first fails.
 */
final class MovedElementsRule implements TangentRule {

  static final MovedElementsRule INSTANCE = new MovedElementsRule();

  private MovedElementsRule() {}

  @Override
  public List<SDVariable> tangents(RuleContext call) {
    return call.reapply(inputs(call, call.tangent(0)));
  }

  @Override
  public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
    SameDiff sd = call.sameDiff();
    SDVariable x = call.input(0);
    SDVariable shape = sd.shape(x);
    SDVariable numbers =
        sd.range(sd.constant(0L), sd.size(x), sd.constant(1L), DataType.INT64).reshape(shape);
    SDVariable taken = call.reapplyAs(DataType.INT64, inputs(call, numbers)).get(0);
    SDVariable none = sd.zerosLike(x.reshape(-1));
    SDVariable adjoint =
        sd.scatterAdd(none, taken.reshape(-1), outputAdjoints.get(0).reshape(-1)).reshape(shape);
    SDVariable[] adjoints = new SDVariable[call.inputCount()];
    adjoints[0] = adjoint;
    return Arrays.asList(adjoints);
  }

  /** The op's inputs with another first one; the others tell what is taken. */
  private static SDVariable[] inputs(RuleContext call, SDVariable first) {
    List<SDVariable> inputs = new ArrayList<>();
    inputs.add(first);
    for (int i = 1; i < call.inputCount(); i++) {
      inputs.add(call.input(i));
    }
    return inputs.toArray(new SDVariable[0]);
  }
}
