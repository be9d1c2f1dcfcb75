package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run measured: the content of {@code results.json}. Entry i of a list per epoch holds after
 * epoch i + 1; numbers that were not finite, or do not apply, are NaN here and null in the file.
 *
 * @param status how far the run has come
 * @param avgLoss per epoch, mean of its steps' losses before each update
 * @param testAcc per epoch, accuracy on the test part, a fraction; null for regression
 * @param testLoss per epoch, loss on the test part; null for classification
 * @param acc per epoch, mean of its steps' accuracies on their batches; NaN for regression
 * @param epochSeconds per epoch, training seconds from the start, evaluation left out
 * @param totTime training seconds altogether
 * @param totIterations steps done
 * @param totEpochs epochs completed
 * @param rho per step, damping of the solve, before it is rounded to the precision; null but for
 *     SGN, as are the next two
 * @param alpha per step, step size kept
 * @param cgIterations per step, conjugate gradient iterations done
 * @param finalLosses after the last step; null unless the run came to its end
 * @param environment what it ran on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunResults(
    RunStatus status,
    List<Double> avgLoss,
    List<Double> testAcc,
    List<Double> testLoss,
    List<Double> acc,
    List<Double> epochSeconds,
    double totTime,
    long totIterations,
    int totEpochs,
    List<Double> rho,
    List<Double> alpha,
    List<Integer> cgIterations,
    @JsonProperty("final") FinalLosses finalLosses,
    RunEnvironment environment) {

  /** Name of the file in a run's folder. */
  public static final String FILE = "results.json";

  /** Takes the lists; null entries become NaN. */
  public RunResults {
    avgLoss = withNaN(avgLoss);
    testAcc = withNaN(testAcc);
    testLoss = withNaN(testLoss);
    acc = withNaN(acc);
    epochSeconds = withNaN(epochSeconds);
    rho = withNaN(rho);
    alpha = withNaN(alpha);
    cgIterations = cgIterations == null ? null : List.copyOf(cgIterations);
  }

  private static List<Double> withNaN(List<Double> values) {
    return values == null
        ? null
        : values.stream().map(value -> value == null ? Double.valueOf(Double.NaN) : value).toList();
  }

  /**
   * Reads a run's results.
   *
   * @param folder the run's folder
   * @throws IOException if there are none or they are damaged
   */
  public static RunResults read(Path folder) throws IOException {
    return JsonFiles.read(folder.resolve(FILE), RunResults.class);
  }
}
