package io.github.sgn4j.examples.model;

import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An {@link Mlp} of given widths.
 *
 * @param inputs width of the input
 * @param hidden widths of the hidden layers
 * @param outputs width of the output
 * @param activation of the hidden layers
 * @param weights how the initial weights are drawn
 */
public record MlpNetwork(
    int inputs, List<Integer> hidden, int outputs, Activation activation, Mlp.Weights weights)
    implements Network {

  /** A network as in the published runs. */
  public MlpNetwork(int inputs, List<Integer> hidden, int outputs, long initialSeed) {
    this(
        inputs,
        hidden,
        outputs,
        Activation.SIGMOID,
        new Mlp.Weights(WeightInit.NORMAL, initialSeed));
  }

  /** Takes a copy of the widths. */
  public MlpNetwork {
    hidden = List.copyOf(hidden);
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder("MLP ").append(inputs);
    hidden.forEach(width -> text.append('-').append(width));
    text.append('-').append(outputs);
    return activation == Activation.SIGMOID ? text.toString() : text + " " + activation.key();
  }

  @Override
  public long initialSeed() {
    return weights.seed();
  }

  @Override
  public long parameterCount() {
    long count = 0;
    long width = inputs;
    for (int next : hidden) {
      count = Math.addExact(count, (width + 1) * next);
      width = next;
    }
    return Math.addExact(count, (width + 1) * outputs);
  }

  @Override
  public String input() {
    return Mlp.INPUT;
  }

  @Override
  public String output() {
    return Mlp.OUTPUT;
  }

  @Override
  public String[] parameterNames() {
    return Mlp.parameterNames(hidden.size());
  }

  @Override
  public SameDiff build(DataType type) {
    int[] widths = hidden.stream().mapToInt(width -> width).toArray();
    return Mlp.build(inputs, widths, outputs, activation, weights, type);
  }
}
