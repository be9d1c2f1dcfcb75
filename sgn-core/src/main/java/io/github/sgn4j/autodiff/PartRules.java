package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.buffer.DataType;

/** Ops that take arrays apart or put something around them. */
final class PartRules {

  private PartRules() {}

  static void addTo(Map<String, TangentRule> rules) {
    rules.put("strided_slice", MovedElementsRule.INSTANCE);
    rules.put("gather", new Gather());
    rules.put("pad", new Pad());
    rules.put("unstack", PartRules::reapplied);
    rules.put("split", PartRules::reapplied);
    rules.put("split_v", new UnequalParts());
  }

  private static List<SDVariable> reapplied(RuleContext call) {
    return call.reapply(StandardRules.withTangents(call));
  }

  /** SameDiff has no reverse rule for parts of given sizes. */
  private static final class UnequalParts implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      return reapplied(call);
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      SDVariable[] adjoints = new SDVariable[call.inputCount()];
      int axis = (int) ConvolutionRules.argument(call, 0);
      adjoints[0] = call.sameDiff().concat(axis, outputAdjoints.toArray(new SDVariable[0]));
      return Arrays.asList(adjoints);
    }
  }

  /**
   * Rows by number, as an embedding looks them up: rows that are taken repeatedly get the sum of
   * the adjoints. SameDiff's rule keeps the last one only.
   */
  private static final class Gather implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      long[] shape = call.input(0).getShape();
      if (shape != null && shape.length == 1) {
        throw call.unsupported(
            "ND4J overwrites memory when it gathers from an array of rank 1; reshape it to [n, 1]");
      }
      return MovedElementsRule.INSTANCE.tangents(call);
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      if (ConvolutionRules.argument(call, 0) != 0) {
        return MovedElementsRule.INSTANCE.adjoints(call, outputAdjoints);
      }
      SameDiff sd = call.sameDiff();
      SDVariable x = call.input(0);
      SDVariable indices = call.input(1).reshape(-1);
      SDVariable rest = sd.constant(-1L);
      SDVariable rows = x.reshape(sd.stack(0, sd.sizeAt(x, 0), rest));
      SDVariable taken = outputAdjoints.get(0).reshape(sd.stack(0, sd.size(indices), rest));
      SDVariable sum = sd.scatterAdd(sd.zerosLike(rows), indices, taken);
      SDVariable[] adjoints = {sum.reshape(sd.shape(x)), null};
      return Arrays.asList(adjoints);
    }
  }

  /** A constant around the array has no tangent; mirrored elements have. */
  private static final class Pad implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      if (isMirrored(call)) {
        return MovedElementsRule.INSTANCE.tangents(call);
      }
      List<SDVariable> result = new ArrayList<>();
      result.add(call.sameDiff().nn.pad(call.tangent(0), call.input(1), PadMode.CONSTANT, 0));
      return result;
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      if (isMirrored(call)) {
        return MovedElementsRule.INSTANCE.adjoints(call, outputAdjoints);
      }
      SameDiff sd = call.sameDiff();
      SDVariable begin = sd.unstack(call.input(1).castTo(DataType.INT64), 1, 2)[0];
      SDVariable[] adjoints = new SDVariable[call.inputCount()];
      adjoints[0] = sd.slice(outputAdjoints.get(0), begin, sd.shape(call.input(0)));
      return Arrays.asList(adjoints);
    }

    private static boolean isMirrored(RuleContext call) {
      return ConvolutionRules.argument(call, 0) != 0;
    }
  }
}
