package io.github.sgn4j.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;

/** Means with variances along axes, as batch normalisation takes them, and what is made of them. */
final class MomentRules {

  private MomentRules() {}

  static void addTo(Map<String, TangentRule> rules) {
    rules.put("moments", new Moments());
    rules.put("var", new OfVariance());
    // The Jacobian is symmetric: SameDiff's reverse rule serves as the tangent.
    rules.put("standardize", call -> call.backward(List.of(call.tangent(0))).subList(0, 1));
  }

  private static SDVariable centered(RuleContext call, int[] axes) {
    SDVariable x = call.input(0);
    return call.shared("centered", () -> x.sub(x.mean(true, axes)));
  }

  /** Mean and variance, the latter not corrected for its bias. */
  private static final class Moments implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      SameDiff sd = call.sameDiff();
      int[] axes = axes(call);
      SDVariable dx = call.tangent(0);
      SDVariable variance = dx.mul(centered(call, axes)).mean(true, axes).mul(2.0);
      return List.of(
          dx.mean(true, axes).reshape(sd.shape(call.output(0))),
          variance.reshape(sd.shape(call.output(1))));
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      SameDiff sd = call.sameDiff();
      int[] axes = axes(call);
      SDVariable x = call.input(0);
      SDVariable kept = call.shared("kept", () -> sd.shape(x.mean(true, axes)));
      SDVariable share =
          call.shared("share", () -> sd.onesLike(x).div(sd.onesLike(x).sum(true, axes)));
      SDVariable byVariance =
          centered(call, axes).mul(outputAdjoints.get(1).reshape(kept)).mul(2.0);
      SDVariable sum = byVariance.add(outputAdjoints.get(0).reshape(kept));
      SDVariable[] adjoints = new SDVariable[call.inputCount()];
      adjoints[0] = sum.mul(share);
      return Arrays.asList(adjoints);
    }

    private static int[] axes(RuleContext call) {
      if (call.inputCount() > 1) {
        throw call.unsupported("its axes are a variable; give them as numbers");
      }
      return Arrays.stream(((DynamicCustomOp) call.op()).iArgs()).mapToInt(d -> (int) d).toArray();
    }
  }

  /** Variance, corrected for its bias or not. */
  private static final class OfVariance implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      SDVariable sum = call.tangent(0).mul(slope(call)).sum(true, ExtremumRules.axes(call));
      return List.of(sum.reshape(call.sameDiff().shape(call.output(0))));
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      SameDiff sd = call.sameDiff();
      SDVariable kept =
          call.shared("kept", () -> sd.shape(call.input(0).mean(true, ExtremumRules.axes(call))));
      return List.of(slope(call).mul(outputAdjoints.get(0).reshape(kept)));
    }

    private static SDVariable slope(RuleContext call) {
      return call.shared(
          "slope",
          () -> {
            int[] axes = ExtremumRules.axes(call);
            SDVariable count = call.sameDiff().onesLike(call.input(0)).sum(true, axes);
            SDVariable degrees = ((Variance) call.op()).isBiasCorrected() ? count.sub(1.0) : count;
            return centered(call, axes).mul(2.0).div(degrees);
          });
    }
  }
}
