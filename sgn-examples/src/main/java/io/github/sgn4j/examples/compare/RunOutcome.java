package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sgn4j.examples.results.FinalLosses;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of a run, as its folder tells. Losses are those of the network that was handed out,
 * over the whole train and test part.
 *
 * @param state how it ended; the rest counts only if it came to its end
 * @param trainLoss null where there is none
 * @param testLoss likewise
 * @param testAcc likewise; a fraction
 * @param epochs completed
 * @param steps done
 * @param seconds of training
 */
public record RunOutcome(
    State state,
    Double trainLoss,
    Double testLoss,
    Double testAcc,
    int epochs,
    long steps,
    double seconds) {

  /** How a run ended. */
  public enum State {
    /** At the end of its budget, with finite losses. */
    FINISHED,
    /** With NaN or infinity, in training or as its losses. */
    DIVERGED,
    /** Its process crashed or refused; to be made again by the next command. */
    FAILED,
    /** Not there, interrupted, or damaged: to be made. */
    MISSING,
    /** It ended, but is another configuration's run. */
    FOREIGN;

    /** Whether there is nothing left to do. */
    public boolean settled() {
      return this == FINISHED || this == DIVERGED;
    }
  }

  static final RunOutcome MISSING = without(State.MISSING);
  static final RunOutcome FAILED = without(State.FAILED);

  private static RunOutcome without(State state) {
    return new RunOutcome(state, null, null, null, 0, 0, 0);
  }

  /**
   * Reads a run's folder.
   *
   * @param expected what its {@code config.json} must hold
   */
  static RunOutcome read(Path folder, JsonNode expected) {
    RunResults results;
    JsonNode config;
    try {
      results = RunResults.read(folder);
      config = JsonFiles.read(folder.resolve(RunFolder.CONFIG_FILE), JsonNode.class);
    } catch (IOException e) {
      // Not there or damaged: either way there is nothing to keep.
      return MISSING;
    }
    if (results == null
        || (results.status() != RunStatus.DONE && results.status() != RunStatus.NON_FINITE)) {
      return MISSING;
    }
    if (!withoutPlaces(expected).equals(withoutPlaces(config))) {
      return without(State.FOREIGN);
    }
    if (results.status() == RunStatus.DONE && results.finalLosses() == null) {
      return MISSING;
    }
    return of(results);
  }

  /** The keys of {@code config.json} by which a run is another configuration's. */
  static List<String> differences(Path folder, JsonNode expected) {
    JsonNode wanted = withoutPlaces(expected);
    JsonNode there;
    try {
      there = withoutPlaces(JsonFiles.read(folder.resolve(RunFolder.CONFIG_FILE), JsonNode.class));
    } catch (IOException e) {
      return List.of(RunFolder.CONFIG_FILE);
    }
    Set<String> keys = new TreeSet<>();
    wanted.fieldNames().forEachRemaining(keys::add);
    there.fieldNames().forEachRemaining(keys::add);
    return keys.stream().filter(key -> !Objects.equals(wanted.get(key), there.get(key))).toList();
  }

  /**
   * A configuration without the names of files: their content, which the plan knows, is what
   * counts. A table's name is the data set's.
   */
  private static JsonNode withoutPlaces(JsonNode config) {
    if (!(config instanceof ObjectNode object)) {
      return config;
    }
    ObjectNode rest = object.deepCopy();
    if (rest.has("csv")) {
      rest.remove("dataset");
    }
    return rest.remove(List.of("csv", "test_csv", "architecture"));
  }

  private static RunOutcome of(RunResults results) {
    FinalLosses losses = results.finalLosses();
    FinalLosses.Losses solution = losses == null ? null : losses.solution();
    boolean finite =
        results.status() == RunStatus.DONE
            && solution != null
            && solution.trainLoss() != null
            && Double.isFinite(solution.trainLoss());
    return new RunOutcome(
        finite ? State.FINISHED : State.DIVERGED,
        solution == null ? null : solution.trainLoss(),
        solution == null ? null : solution.testLoss(),
        solution == null ? null : solution.testAcc(),
        results.totEpochs(),
        results.totIterations(),
        results.totTime());
  }
}
