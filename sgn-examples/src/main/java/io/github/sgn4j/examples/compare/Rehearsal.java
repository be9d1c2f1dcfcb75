package io.github.sgn4j.examples.compare;

import java.util.List;
import java.util.Map;

/** Goes through a run without training: options, data, network. */
public interface Rehearsal {

  /**
   * What the run would write as its {@code config.json}.
   *
   * @param arguments the run's, the command first
   * @throws GridException if the run would be refused, with its words
   */
  Map<String, ?> config(List<String> arguments);
}
