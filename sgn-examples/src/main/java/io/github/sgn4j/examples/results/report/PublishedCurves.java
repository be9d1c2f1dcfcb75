package io.github.sgn4j.examples.results.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sgn4j.examples.results.JsonFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Curves of the published runs, means over their seeds.
 *
 * @param source where they come from, and on what they ran
 * @param curves one for each data set and configuration
 */
record PublishedCurves(String source, List<Published> curves) {

  /**
   * A configuration's curves; entry i of the lists belongs together.
   *
   * @param dataset as in our configurations
   * @param sineFrequency of the data set sine; else null
   * @param layers of a perceptron; null for a convolutional network
   * @param architecture name of a convolutional network; null for a perceptron
   * @param solver SGN or SGD
   * @param name of the configuration
   * @param seeds how many
   * @param diverged how many of them ended with NaN
   * @param epochs epochs completed
   * @param seconds until then, total training time spread evenly over the epochs
   * @param trainLoss mean over an epoch's steps; null where it was not finite
   * @param testLoss null for classification
   * @param testAcc null for regression
   */
  record Published(
      String dataset,
      Double sineFrequency,
      List<Integer> layers,
      String architecture,
      String solver,
      String name,
      int seeds,
      int diverged,
      List<Double> epochs,
      List<Double> seconds,
      List<Double> trainLoss,
      List<Double> testLoss,
      @JsonProperty("test_acc") List<Double> testAcc) {

    /** The lists of a measure; null if it was not published. */
    List<Double> of(Measure measure) {
      return switch (measure) {
        case TRAIN_LOSS -> trainLoss;
        case TEST_LOSS -> testLoss;
        case TEST_ACCURACY -> testAcc;
      };
    }

    private boolean isOf(Map<String, Object> task) {
      return dataset.equals(task.get("dataset"))
          && (sineFrequency == null || sineFrequency.equals(task.get("sine_frequency")));
    }

    /** Whether the network is that of a section's task. */
    boolean sameNetwork(Map<String, Object> task) {
      return layers == null
          ? architecture.equals(task.get("architecture"))
          : layers.equals(task.get("layers"));
    }

    private double lastLoss() {
      Double last = trainLoss.get(trainLoss.size() - 1);
      return last == null ? Double.POSITIVE_INFINITY : last;
    }
  }

  /** The ones that come with the program. */
  static PublishedCurves load() {
    try (InputStream in = PublishedCurves.class.getResourceAsStream("published-curves.json")) {
      return JsonFiles.read(in, PublishedCurves.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a section's data set, of whichever network. */
  List<Published> of(Map<String, Object> task) {
    return curves.stream().filter(curve -> curve.isOf(task)).toList();
  }

  /** Whether a curve is shown from the start: of its solver the lowest final train loss. */
  boolean isShown(Published curve, Map<String, Object> task) {
    Optional<Published> best =
        of(task).stream()
            .filter(other -> other.solver().equals(curve.solver()) && other.diverged() == 0)
            .min(Comparator.comparing(Published::lastLoss));
    return curve.sameNetwork(task) && best.filter(curve::equals).isPresent();
  }
}
