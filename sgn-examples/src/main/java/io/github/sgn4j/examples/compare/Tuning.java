package io.github.sgn4j.examples.compare;

import java.util.List;

/**
 * An option whose value is chosen by trying: at the first seed, by the train loss.
 *
 * @param option its name, without hyphens in front
 * @param values to begin with, in the grid's order
 */
public record Tuning(String option, List<String> values) {

  /** Takes the list. */
  public Tuning {
    values = List.copyOf(values);
  }
}
