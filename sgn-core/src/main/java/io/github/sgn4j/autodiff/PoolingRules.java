package io.github.sgn4j.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** Poolings and upsampling of images. */
final class PoolingRules {

  private PoolingRules() {}

  static void addTo(Map<String, TangentRule> rules) {
    rules.put("maxpool2d", new MaxPool());
    rules.put("avgpool2d", new Linear("avgpool2d_bp", PoolingRules::arguments));
    // The reverse op reads the layout from the place of the height's factor.
    rules.put(
        "upsampling2d",
        new Linear("upsampling2d_bp", call -> new long[] {ConvolutionRules.argument(call, 2)}));
  }

  private static long[] arguments(RuleContext call) {
    return ((DynamicCustomOp) call.op()).iArgs();
  }

  /**
   * Linear ops whose reverse op SameDiff calls with other arguments than the op itself: the divisor
   * of an average, which the op ignores, and the layout of an upsampling.
   */
  private record Linear(String reverse, Function<RuleContext, long[]> arguments)
      implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      return call.reapply(call.tangent(0));
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      DynamicCustomOp op = DynamicCustomOp.builder(reverse).build();
      op.addIArgument(arguments.apply(call));
      return List.of(call.apply(op, call.inputType(0), call.input(0), outputAdjoints.get(0)));
    }
  }

  /**
   * The largest pixel of each window, the first of several: a mask picks it out of the windows laid
   * out side by side. Both products use the same mask, so that one is the other's transpose
   * whatever ND4J's reverse op takes where there are ties.
   */
  private static final class MaxPool implements TangentRule {

    @Override
    public List<SDVariable> tangents(RuleContext call) {
      ImageWindows windows = windows(call);
      SDVariable change = windows.of(windows.channelsFirst(call.tangent(0)), 0);
      SDVariable picked = change.mul(mask(call, windows)).sum(2, 3);
      return List.of(windows.opLayout(picked));
    }

    @Override
    public List<SDVariable> adjoints(RuleContext call, List<SDVariable> outputAdjoints) {
      SameDiff sd = call.sameDiff();
      ImageWindows windows = windows(call);
      SDVariable u = windows.channelsFirst(outputAdjoints.get(0));
      SDVariable spread = sd.expandDims(sd.expandDims(u, 2), 2);
      return Arrays.asList(windows.opLayout(windows.add(mask(call, windows).mul(spread))));
    }

    private static ImageWindows windows(RuleContext call) {
      return new ImageWindows(call, Geometry.of(call), ConvolutionRules.argument(call, 10) == 1);
    }

    private static SDVariable mask(RuleContext call, ImageWindows windows) {
      return call.shared(
          "mask",
          () -> {
            SameDiff sd = call.sameDiff();
            Geometry geometry = Geometry.of(call);
            long area = geometry.kernelHeight() * geometry.kernelWidth();
            DataType type = call.inputType(0);
            SDVariable patches = windows.of(windows.input(), Double.NEGATIVE_INFINITY);
            SDVariable shape = sd.shape(patches);
            SDVariable image = windows.input();
            SDVariable flat =
                patches.reshape(
                    sd.stack(
                        0,
                        sd.sizeAt(image, 0).mul(sd.sizeAt(image, 1)),
                        sd.constant(area),
                        sd.constant(-1L)));
            SDVariable first = sd.argmax(flat, 1);
            return sd.oneHot(first, (int) area, 1, 1.0, 0.0, type).reshape(shape);
          });
    }
  }
}
