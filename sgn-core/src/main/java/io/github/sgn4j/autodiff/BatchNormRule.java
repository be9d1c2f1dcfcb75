package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/**
 * y = gain (x - mean) / sqrt(variance + epsilon) + bias, where everything but x stands along some
 * axes. All five may be trained or computed: with fixed mean and variance this is the inference
 * form, with moments of the batch the training form.
 *
 * <p>Each derivative is the op itself on other operands. ND4J's reverse op is not asked: SameDiff
 * loses the axis on the way to it.
 */
final class BatchNormRule implements TangentRule {

  static final BatchNormRule INSTANCE = new BatchNormRule();

  private static final int X = 0;
  private static final int MEAN = 1;
  private static final int VARIANCE = 2;

  private BatchNormRule() {}

  @Override
  public List<SDVariable> tangents(RuleContext call) {
    SDVariable change = null;
    if (call.tangent(X) != null || call.tangent(MEAN) != null) {
      change = apply(call, call.tangentOrZeros(X), call.tangentOrZeros(MEAN), gain(call), null);
    }
    SDVariable gainChange = gainIndex(call) < 0 ? null : call.tangent(gainIndex(call));
    if (call.tangent(VARIANCE) != null) {
      SDVariable byVariance = call.tangent(VARIANCE).mul(gainPerVariance(call));
      gainChange = gainChange == null ? byVariance : gainChange.add(byVariance);
    }
    SDVariable biasChange = biasIndex(call) < 0 ? null : call.tangent(biasIndex(call));
    if (gainChange != null || biasChange != null) {
      SDVariable gain = gainChange != null ? gainChange : zeros(call);
      SDVariable term = apply(call, call.input(X), call.input(MEAN), gain, biasChange);
      change = change == null ? term : change.add(term);
    }
    return List.of(change);
  }

  @Override
  public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
    SDVariable u = outputAdjoints.get(0);
    SDVariable[] adjoints = new SDVariable[call.inputCount()];
    SDVariable byInput = apply(call, u, zeros(call), gain(call), null);
    adjoints[X] = byInput;
    adjoints[MEAN] = sum(call, byInput).neg();
    SDVariable standard =
        call.shared(
            "standard", () -> apply(call, call.input(X), call.input(MEAN), ones(call), null));
    SDVariable byGain = sum(call, u.mul(standard));
    adjoints[VARIANCE] = byGain.mul(gainPerVariance(call));
    if (gainIndex(call) >= 0) {
      adjoints[gainIndex(call)] = byGain;
    }
    if (biasIndex(call) >= 0) {
      adjoints[biasIndex(call)] = sum(call, u);
    }
    return Arrays.asList(adjoints);
  }

  /** The op with the call's variance on other operands. */
  private static SDVariable apply(
      RuleContext call, SDVariable x, SDVariable mean, SDVariable gain, SDVariable bias) {
    DynamicCustomOp op = (DynamicCustomOp) call.op();
    DynamicCustomOp other = DynamicCustomOp.builder("batchnorm").build();
    long[] arguments = op.iArgs().clone();
    arguments[0] = 1;
    arguments[1] = bias == null ? 0 : 1;
    other.addIArgument(arguments);
    other.addTArgument(op.tArgs());
    List<SDVariable> inputs = new ArrayList<>(List.of(x, mean, call.input(VARIANCE), gain));
    if (bias != null) {
      inputs.add(bias);
    }
    return call.apply(other, call.inputType(X), inputs.toArray(new SDVariable[0]));
  }

  /** How a change of the variance acts: as this multiple of it, a change of the gain. */
  private static SDVariable gainPerVariance(RuleContext call) {
    return call.shared(
        "gain per variance",
        () -> {
          double epsilon = ((DynamicCustomOp) call.op()).tArgs()[0];
          return gain(call).div(call.input(VARIANCE).add(epsilon)).mul(-0.5);
        });
  }

  private static SDVariable gain(RuleContext call) {
    return gainIndex(call) < 0 ? ones(call) : call.input(gainIndex(call));
  }

  private static int gainIndex(RuleContext call) {
    return ((DynamicCustomOp) call.op()).iArgs()[0] == 1 ? 3 : -1;
  }

  private static int biasIndex(RuleContext call) {
    return ((DynamicCustomOp) call.op()).iArgs()[1] == 1 ? call.inputCount() - 1 : -1;
  }

  private static SDVariable ones(RuleContext call) {
    return call.shared("ones", () -> call.sameDiff().onesLike(call.input(VARIANCE)));
  }

  private static SDVariable zeros(RuleContext call) {
    return call.shared("zeros", () -> call.sameDiff().zerosLike(call.input(VARIANCE)));
  }

  /** The sum over all axes but the op's, in the shape of the variance. */
  private static SDVariable sum(RuleContext call, SDVariable x) {
    SameDiff sd = call.sameDiff();
    SDVariable others =
        call.shared(
            "other axes",
            () -> {
              long[] arguments = ((DynamicCustomOp) call.op()).iArgs();
              // Without axes the op takes the last.
              long[] axes =
                  arguments.length > 2
                      ? Arrays.copyOfRange(arguments, 2, arguments.length)
                      : new long[] {-1};
              SDVariable rank = sd.rank(call.input(X)).castTo(DataType.INT64);
              SDVariable own = null;
              for (long axis : axes) {
                SDVariable number = sd.constant(axis);
                SDVariable counted = axis < 0 ? rank.add(number) : number;
                own = own == null ? counted.reshape(1) : sd.concat(0, own, counted.reshape(1));
              }
              SDVariable all = sd.range(sd.constant(0L), rank, sd.constant(1L), DataType.INT64);
              return sd.math.listDiff(all, own)[0];
            });
    DynamicCustomOp reduction = DynamicCustomOp.builder("reduce_sum").build();
    return call.apply(reduction, call.inputType(X), x, others)
        .reshape(sd.shape(call.input(VARIANCE)));
  }
}
