package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.MulBpOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.SubBpOp;

/**
 * Elementwise ops of two variables that broadcast, other than the linear ones. SameDiff's reverse
 * rules of quotients and squared differences are wrong where one operand is a scalar: they are
 * reduced to those of products and differences, which are right.
 */
final class BroadcastRules {

  private BroadcastRules() {}

  static void addTo(Map<String, TangentRule> rules) {
    rules.put(
        "multiply",
        call ->
            sum(
                times(call.tangent(0), () -> call.input(1)),
                times(call.tangent(1), () -> call.input(0))));
    rules.put(
        "divide", rule(call -> quotient(call, 0, 1), (call, u) -> quotientAdjoints(call, u, 0, 1)));
    rules.put(
        "reversedivide",
        rule(call -> quotient(call, 1, 0), (call, u) -> quotientAdjoints(call, u, 1, 0)));
    rules.put(
        "squaredsubtract",
        rule(BroadcastRules::squaredDifference, BroadcastRules::squaredDifferenceAdjoints));
    rules.put("Pow", BroadcastRules::power);
  }

  private static TangentRule rule(
      Function<RuleContext, List<SDVariable>> tangents,
      BiFunction<RuleContext, SDVariable, List<SDVariable>> adjoints) {
    return new TangentRule() {
      @Override
      public List<SDVariable> tangents(RuleContext call) {
        return tangents.apply(call);
      }

      @Override
      public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
        return adjoints.apply(call, outputAdjoints.get(0));
      }
    };
  }

  /** y = a / b: dy = da / b - y db / b. */
  private static List<SDVariable> quotient(RuleContext call, int numerator, int denominator) {
    SDVariable b = call.input(denominator);
    SDVariable da = call.tangent(numerator);
    SDVariable db = call.tangent(denominator);
    return sum(
        da == null ? null : da.div(b), db == null ? null : db.mul(call.output(0).div(b).neg()));
  }

  /** As y = a r with r = 1 / b, and dr = -r^2 db. */
  private static List<SDVariable> quotientAdjoints(
      RuleContext call, SDVariable u, int numerator, int denominator) {
    SDVariable inverse = call.input(denominator).rdiv(1.0);
    SDVariable slope = call.sameDiff().math.square(inverse).neg();
    SDVariable[] products =
        new MulBpOp(call.sameDiff(), call.input(numerator), inverse, u).outputVariables();
    SDVariable[] adjoints = new SDVariable[2];
    adjoints[numerator] = products[0];
    adjoints[denominator] = products[1].mul(slope);
    return List.of(adjoints);
  }

  private static List<SDVariable> squaredDifference(RuleContext call) {
    SDVariable twice = call.input(0).sub(call.input(1)).mul(2.0);
    SDVariable db = call.tangent(1);
    return sum(times(call.tangent(0), () -> twice), db == null ? null : db.mul(twice).neg());
  }

  private static List<SDVariable> squaredDifferenceAdjoints(RuleContext call, SDVariable u) {
    SDVariable twice = call.input(0).sub(call.input(1)).mul(2.0);
    return List.of(
        new SubBpOp(call.sameDiff(), call.input(0), call.input(1), u.mul(twice)).outputVariables());
  }

  /** y = a^b: dy = b a^(b-1) da + y log(a) db. */
  private static List<SDVariable> power(RuleContext call) {
    SDVariable base = call.input(0);
    SDVariable exponent = call.input(1);
    SameDiff sd = call.sameDiff();
    return sum(
        times(call.tangent(0), () -> exponent.mul(sd.math.pow(base, exponent.sub(1.0)))),
        times(call.tangent(1), () -> call.output(0).mul(sd.math.log(base))));
  }

  private static SDVariable times(SDVariable tangent, Supplier<SDVariable> factor) {
    return tangent == null ? null : tangent.mul(factor.get());
  }

  /** The sum of two tangents, either of which may be missing. */
  static List<SDVariable> sum(SDVariable a, SDVariable b) {
    List<SDVariable> result = new ArrayList<>();
    result.add(a == null ? b : b == null ? a : a.add(b));
    return result;
  }
}
