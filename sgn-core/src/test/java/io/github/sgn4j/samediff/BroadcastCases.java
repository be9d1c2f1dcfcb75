package io.github.sgn4j.samediff;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;

/** Elementwise ops of two variables, in every direction of broadcasting. */
final class BroadcastCases {

  private BroadcastCases() {}

  private static final Map<String, BinaryOperator<SDVariable>> OPS = new LinkedHashMap<>();
  private static final Map<String, BinaryOperator<SDVariable>> EQUALS = new LinkedHashMap<>();
  private static final Map<String, Operands> SHAPES = new LinkedHashMap<>();

  static {
    OPS.put("add", SDVariable::add);
    OPS.put("sub", SDVariable::sub);
    OPS.put("mul", SDVariable::mul);
    OPS.put("div", SDVariable::div);
    OPS.put("rsub", SDVariable::rsub);
    OPS.put("rdiv", SDVariable::rdiv);
    OPS.put("squared difference", SDVariable::squaredDifference);
    OPS.put("pow", (a, b) -> a.getSameDiff().math.pow(a, b));

    // SameDiff's own gradients of these are wrong where one operand is a scalar.
    EQUALS.put("div", (a, b) -> a.mul(b.rdiv(1)));
    EQUALS.put("rdiv", (a, b) -> b.mul(a.rdiv(1)));
    EQUALS.put("squared difference", (a, b) -> a.getSameDiff().math.square(a.sub(b)));

    SHAPES.put("[N,3] and [N,3]", new Operands(rows(3), rows(3)));
    SHAPES.put("[N,3] and [3]", new Operands(rows(3), fixed(3)));
    SHAPES.put("[3] and [N,3]", new Operands(fixed(3), rows(3)));
    SHAPES.put("[N,3] and [1,3]", new Operands(rows(3), fixed(1, 3)));
    SHAPES.put("[N,1] and [N,3]", new Operands(rows(1), rows(3)));
    SHAPES.put("[N,1] and [1,3]", new Operands(rows(1), fixed(1, 3)));
    SHAPES.put("[N,2,3] and [3]", new Operands(rows(2, 3), fixed(3)));
    SHAPES.put("[2,1] and [N,2,3]", new Operands(fixed(2, 1), rows(2, 3)));
    SHAPES.put("[N,1,3] and [N,2,1]", new Operands(rows(1, 3), rows(2, 1)));
    SHAPES.put("[N,3] and a scalar", new Operands(rows(3), fixed()));
    SHAPES.put("a scalar and [N,3]", new Operands(fixed(), rows(3)));
  }

  /** Makes an operand, active or not. Positive, so that quotients and powers are smooth. */
  private interface Operand {
    SDVariable make(Net net, boolean active);
  }

  private record Operands(Operand a, Operand b) {}

  private static Operand rows(long... perSample) {
    return (net, active) -> {
      SDVariable h = active ? net.active(perSample) : net.passive(perSample);
      return net.sd.nn.sigmoid(h).add(0.5);
    };
  }

  private static Operand fixed(long... shape) {
    return (net, active) -> {
      SDVariable h = active ? net.parameter(shape) : net.constant(shape);
      return net.sd.nn.sigmoid(h).add(0.5);
    };
  }

  static List<RuleCase> all() {
    List<RuleCase> cases = new ArrayList<>();
    OPS.forEach(
        (op, apply) ->
            SHAPES.forEach(
                (shapes, operands) ->
                    cases.add(
                        RuleCase.of(op + ", " + shapes, everyActivity(apply, operands))
                            .as(everyActivity(EQUALS.getOrDefault(op, apply), operands)))));
    cases.add(
        RuleCase.of(
            "mul of a variable with itself",
            net -> {
              SDVariable h = net.active(3);
              return h.mul(h);
            }));
    cases.add(
        RuleCase.of(
            "add of a variable and itself",
            net -> {
              SDVariable h = net.active(3);
              return h.add(h);
            }));
    cases.add(
        RuleCase.of(
            "sub, div and rsub of one variable",
            net -> {
              SDVariable h = net.positive(3);
              SDVariable g = net.active(3);
              return h.sub(g).add(h.rsub(g).mul(g)).add(g.div(h));
            }));
    return cases;
  }

  private static Function<Net, SDVariable> everyActivity(
      BinaryOperator<SDVariable> op, Operands operands) {
    return net -> {
      SDVariable both = op.apply(operands.a.make(net, true), operands.b.make(net, true));
      SDVariable first = op.apply(operands.a.make(net, true), operands.b.make(net, false));
      SDVariable second = op.apply(operands.a.make(net, false), operands.b.make(net, true));
      return both.add(first).add(second.mul(2));
    };
  }
}
