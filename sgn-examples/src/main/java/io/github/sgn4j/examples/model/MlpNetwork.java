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
 * @param initialSeed of the initial weights
 */
public record MlpNetwork(int inputs, List<Integer> hidden, int outputs, long initialSeed)
    implements Network {

  /** Takes a copy of the widths. */
  public MlpNetwork {
    hidden = List.copyOf(hidden);
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder("MLP ").append(inputs);
    hidden.forEach(width -> text.append('-').append(width));
    return text.append('-').append(outputs).toString();
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
    return Mlp.build(inputs, widths, outputs, initialSeed, type);
  }
}
