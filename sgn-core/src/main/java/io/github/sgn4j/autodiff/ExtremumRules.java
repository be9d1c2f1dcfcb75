package io.github.sgn4j.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.AddBpOp;

/**
 * Maxima and minima, of two arrays and along axes. Elements that tie share the derivative in equal
 * parts.
 */
final class ExtremumRules {

  private ExtremumRules() {}

  static void addTo(Map<String, TangentRule> rules) {
    rules.put("maximum", new OfTwo(true));
    rules.put("minimum", new OfTwo(false));
    rules.put("reduce_max", new AlongAxes(true));
    rules.put("reduce_min", new AlongAxes(false));
  }

  /** y = w a + (1 - w) b with w one where a is the one, zero where b is, 1/2 where they tie. */
  private record OfTwo(boolean largest) implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      SDVariable da = call.tangent(0);
      SDVariable db = call.tangent(1);
      return BroadcastRules.sum(
          da == null ? null : da.mul(weight(call)),
          db == null ? null : db.mul(weight(call).rsub(1.0)));
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      SameDiff sd = call.sameDiff();
      SDVariable u = outputAdjoints.get(0);
      SDVariable a = call.input(0);
      SDVariable b = call.input(1);
      // The reverse op of a sum knows what was broadcast.
      SDVariable ofA = new AddBpOp(sd, a, b, u.mul(weight(call))).outputVariables()[0];
      SDVariable ofB = new AddBpOp(sd, a, b, u.mul(weight(call).rsub(1.0))).outputVariables()[1];
      return List.of(ofA, ofB);
    }

    private SDVariable weight(RuleContext call) {
      return call.shared(
          this,
          () -> {
            SDVariable difference = call.input(0).sub(call.input(1));
            SDVariable sign = call.sameDiff().math.sign(difference);
            return (largest ? sign : sign.neg()).add(1.0).mul(0.5);
          });
    }
  }

  private record AlongAxes(boolean largest) implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      SameDiff sd = call.sameDiff();
      SDVariable sum = call.tangent(0).mul(weights(call)).sum(true, axes(call));
      return List.of(sum.reshape(sd.shape(call.output(0))));
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      SDVariable u = outputAdjoints.get(0).reshape(call.sameDiff().shape(kept(call)));
      SDVariable[] adjoints = new SDVariable[call.inputCount()];
      adjoints[0] = weights(call).mul(u);
      return Arrays.asList(adjoints);
    }

    private SDVariable kept(RuleContext call) {
      SameDiff sd = call.sameDiff();
      SDVariable x = call.input(0);
      return call.shared(
          "kept", () -> largest ? sd.max(x, true, axes(call)) : sd.min(x, true, axes(call)));
    }

    private SDVariable weights(RuleContext call) {
      return call.shared(
          this,
          () -> {
            SDVariable hit =
                call.sameDiff().eq(call.input(0), kept(call)).castTo(call.inputType(0));
            return hit.div(hit.sum(true, axes(call)));
          });
    }
  }

  /** The axes of a reduction; none for all. */
  static int[] axes(RuleContext call) {
    if (!(call.op() instanceof ReduceOp) || call.inputCount() > 1) {
      throw call.unsupported("its axes are a variable; give them as numbers");
    }
    int[] axes = call.op().getDimensions();
    return axes == null || (axes.length == 1 && axes[0] == Integer.MAX_VALUE) ? new int[0] : axes;
  }
}
