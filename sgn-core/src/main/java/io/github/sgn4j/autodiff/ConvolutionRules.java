package io.github.sgn4j.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Convolutions: linear in the image, in each array of weights, and in the bias. */
final class ConvolutionRules {

  private ConvolutionRules() {}

  static void addTo(Map<String, TangentRule> rules) {
    rules.put("conv2d", new Conv2d());
    rules.put("conv1d", call -> tangents(call, 2));
    rules.put("depthwise_conv2d", call -> tangents(call, 2));
    rules.put("deconv2d", call -> tangents(call, 2));
    rules.put("sconv2d", call -> tangents(call, 3));
  }

  /**
   * The sum of the op's values for each tangent in its operand's place. The bias's rides along with
   * the first.
   *
   * @param factors number of inputs that multiply each other; one more is a bias
   */
  static List<SDVariable> tangents(RuleContext call, int factors) {
    SDVariable bias = call.inputCount() > factors ? call.tangent(factors) : null;
    SDVariable sum = null;
    for (int i = 0; i < factors; i++) {
      if (call.tangent(i) == null) {
        continue;
      }
      SDVariable[] inputs = inputs(call, factors, bias);
      inputs[i] = call.tangent(i);
      SDVariable term = call.reapply(inputs).get(0);
      sum = sum == null ? term : sum.add(term);
      bias = null;
    }
    if (sum == null) {
      // The bias alone: what the op makes of it, spread out.
      SDVariable[] inputs = inputs(call, factors, bias);
      inputs[0] = call.sameDiff().zerosLike(call.input(0));
      sum = call.reapply(inputs).get(0);
    }
    return List.of(sum);
  }

  private static SDVariable[] inputs(RuleContext call, int factors, SDVariable bias) {
    List<SDVariable> inputs = new ArrayList<>();
    for (int i = 0; i < factors; i++) {
      inputs.add(call.input(i));
    }
    if (bias != null) {
      inputs.add(bias);
    }
    return inputs.toArray(new SDVariable[0]);
  }

  /**
   * Two-dimensional convolution. ND4J's reverse op always computes the adjoint of the image, too,
   * which is most of its work: where nobody asks for it, as in a first layer, the weights' is the
   * product of the image's windows, laid out once per linearization, with the output's.
   */
  private static final class Conv2d implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      return ConvolutionRules.tangents(call, 2);
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      if (call.tangent(0) != null) {
        return call.backward(outputAdjoints);
      }
      SDVariable[] adjoints = new SDVariable[call.inputCount()];
      boolean channelsLast = argument(call, 9) == 1;
      SDVariable u = outputAdjoints.get(0);
      if (call.tangent(1) != null) {
        adjoints[1] = weightsAdjoint(call, u, channelsLast);
      }
      if (call.inputCount() > 2) {
        adjoints[2] = channelsLast ? u.sum(0, 1, 2) : u.sum(0, 2, 3);
      }
      return Arrays.asList(adjoints);
    }

    private static SDVariable weightsAdjoint(RuleContext call, SDVariable u, boolean channelsLast) {
      SameDiff sd = call.sameDiff();
      Geometry geometry = Geometry.of(call);
      ImageWindows windows = new ImageWindows(call, geometry, channelsLast);
      SDVariable image = windows.input();
      long area = geometry.kernelHeight() * geometry.kernelWidth();
      SDVariable samples = sd.sizeAt(image, 0);
      SDVariable rows = sd.sizeAt(image, 1).mul(sd.constant(area));
      SDVariable rest = sd.constant(-1L);
      SDVariable patches = windows.of(image, 0).reshape(sd.stack(0, samples, rows, rest));
      // Sample by sample, so that the large array need not be permuted.
      SDVariable perSample =
          channelsLast
              ? sd.mmul(patches, rowsOfPixels(call, u), false, false, false)
              : sd.mmul(patches, rowsOfChannels(call, u), false, true, false);
      SDVariable sum = perSample.sum(0);
      SDVariable channels = sd.sizeAt(image, 1);
      SDVariable shape =
          sd.stack(
              0,
              channels,
              sd.constant(geometry.kernelHeight()),
              sd.constant(geometry.kernelWidth()),
              rest);
      SDVariable adjoint = sum.reshape(shape);
      return switch ((int) argument(call, 10)) {
        case 0 -> adjoint.permute(1, 2, 0, 3);
        case 1 -> adjoint.permute(3, 0, 1, 2);
        default -> adjoint.permute(3, 1, 2, 0);
      };
    }

    /** [N, oH, oW, oC] as [N, oH oW, oC]. */
    private static SDVariable rowsOfPixels(RuleContext call, SDVariable u) {
      SameDiff sd = call.sameDiff();
      SDVariable y = call.output(0);
      return u.reshape(sd.stack(0, sd.sizeAt(y, 0), sd.constant(-1L), sd.sizeAt(y, 3)));
    }

    /** [N, oC, oH, oW] as [N, oC, oH oW]. */
    private static SDVariable rowsOfChannels(RuleContext call, SDVariable u) {
      SameDiff sd = call.sameDiff();
      SDVariable y = call.output(0);
      return u.reshape(sd.stack(0, sd.sizeAt(y, 0), sd.sizeAt(y, 1), sd.constant(-1L)));
    }
  }

  static long argument(RuleContext call, int i) {
    DynamicCustomOp op = (DynamicCustomOp) call.op();
    return i < op.numIArguments() ? op.getIArgument(i) : 0;
  }
}
