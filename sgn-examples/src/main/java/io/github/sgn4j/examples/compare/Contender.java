package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A configuration that is ready to run: every command line that may come of it has been checked.
 *
 * @param configuration what it is
 * @param given one candidate, or those of the tuned option's values
 * @param below further candidates below the smallest of these, from there down
 * @param above further candidates above the largest, from there up
 */
record Contender(
    Configuration configuration,
    List<Candidate> given,
    List<Candidate> below,
    List<Candidate> above) {

  /**
   * A configuration with the tuned option settled.
   *
   * @param value of that option; null where nothing is tuned
   * @param arguments of a run, but for folder and seed
   * @param expected what the run's {@code config.json} holds at seed 1
   */
  record Candidate(String value, List<String> arguments, JsonNode expected) {}

  /** Whether something is tuned. */
  boolean tuned() {
    return configuration.tune() != null;
  }
}
