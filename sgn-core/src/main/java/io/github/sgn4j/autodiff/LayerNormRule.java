package io.github.sgn4j.autodiff;

import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * Layer normalisation y = gain * s(x) + bias, with s standardising along the op's dimensions. The
 * Jacobian of s is symmetric, so that SameDiff's reverse rule for s serves as its tangent.
 */
final class LayerNormRule implements TangentRule {

  static final LayerNormRule INSTANCE = new LayerNormRule();

  private LayerNormRule() {}

  @Override
  public List<SDVariable> tangents(RuleContext call) {
    SameDiff sd = call.sameDiff();
    SDVariable result = null;
    int[] dimensions =
        Arrays.stream(((DynamicCustomOp) call.op()).iArgs()).mapToInt(d -> (int) d).toArray();
    if (call.tangent(0) != null) {
      // The op itself with the gain 1 and no bias is s; its reverse rule is asked for the input's.
      SDVariable standard = sd.math.standardize(call.input(0), dimensions);
      SDVariable change =
          sd.getOps()
              .get(sd.getVariables().get(standard.name()).getOutputOfOp())
              .getOp()
              .doDiff(List.of(call.tangent(0)))
              .get(0);
      result = scaled(call, change, call.input(1));
    }
    if (call.tangent(1) != null) {
      result =
          plus(
              result,
              scaled(call, sd.math.standardize(call.input(0), dimensions), call.tangent(1)));
    }
    if (call.inputCount() > 2 && call.tangent(2) != null) {
      SDVariable zeros = sd.zerosLike(call.input(0));
      SDVariable none = sd.zerosLike(call.input(1));
      result = plus(result, call.reapply(zeros, none, call.tangent(2)).get(0));
    }
    return List.of(result);
  }

  /** x times a gain along the channels: the last dimension, or the second if channels first. */
  private static SDVariable scaled(RuleContext call, SDVariable x, SDVariable gain) {
    boolean channelsFirst = ((DynamicCustomOp) call.op()).bArgs()[0];
    if (!channelsFirst) {
      return x.mul(gain);
    }
    // biasAdd knows the layout, whatever the rank: its result for zeros is the gain, spread out.
    SameDiff sd = call.sameDiff();
    return x.mul(sd.nn.biasAdd(sd.zerosLike(call.input(0)), gain, true));
  }

  private static SDVariable plus(SDVariable a, SDVariable b) {
    return a == null ? b : a.add(b);
  }
}
