package io.github.sgn4j.examples.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What the published runs reached, for the studies that are repeated here.
 *
 * @param source where the figures come from
 * @param figures one for each study and solver
 */
record PublishedFigures(String source, List<Figure> figures) {

  /**
   * A figure.
   *
   * @param study key of a {@link QualityStudy}
   * @param solver as in {@link QualityStudy#solvers}; sgn-1, sgn-2 and so on for SGN after that
   *     many epochs, where that is compared as well
   * @param mean test accuracy over the seeds
   * @param deviation sample standard deviation over the seeds
   * @param when after how many epochs and seconds
   * @param seconds after how many; null where only {@code when} tells
   */
  record Figure(
      String study, String solver, double mean, double deviation, String when, Double seconds) {}

  static PublishedFigures load() {
    try (InputStream in = PublishedFigures.class.getResourceAsStream("published.json")) {
      return JsonFiles.read(in, PublishedFigures.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Figure> of(String study, String solver) {
    return figures.stream()
        .filter(figure -> figure.study().equals(study) && figure.solver().equals(solver))
        .findFirst();
  }
}
