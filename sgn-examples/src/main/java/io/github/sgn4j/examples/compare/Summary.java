package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What came of a comparison so far: the content of {@code summary.json}.
 *
 * @param version of this format: 1
 * @param name of the comparison
 * @param budget of each run
 * @param seeds number of seeds, counted from 1
 * @param configurations in the plan's order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Summary(
    int version, String name, Budget budget, int seeds, List<Row> configurations) {

  /** Name of the file in a comparison's folder. */
  public static final String FILE = "summary.json";

  /** Name of the tables. */
  public static final String TABLES = "summary.md";

  static final int VERSION = 1;

  /**
   * A configuration. Its statistics are over the runs that came to their end with finite losses.
   *
   * @param name as people read it
   * @param slug name of its folder
   * @param options by name, the chosen one included
   * @param runs that are wanted: one a seed
   * @param finished that came to their end with finite losses
   * @param diverged that met NaN or infinity
   * @param failed whose process failed
   * @param missing that are still to be made
   * @param trainLoss over the whole train part; null without finished runs, as the next ones
   * @param testLoss over the whole test part
   * @param testAcc a fraction; null for regression
   * @param epochs completed
   * @param steps done
   * @param seconds of training
   * @param best names of the measures in which no other configuration is ahead, among those whose
   *     runs all finished
   * @param tuning what was tried; null where nothing is tuned
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Row(
      String name,
      String slug,
      Map<String, String> options,
      int runs,
      int finished,
      int diverged,
      int failed,
      int missing,
      SeedStatistic trainLoss,
      SeedStatistic testLoss,
      SeedStatistic testAcc,
      SeedStatistic epochs,
      SeedStatistic steps,
      SeedStatistic seconds,
      List<String> best,
      Tuned tuning) {}

  /**
   * A tuned option.
   *
   * @param option its name
   * @param chosen its value; null before it is chosen, and if every trial diverged
   * @param atEnd whether that is the smallest or largest tried
   * @param tried every value
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tuned(String option, String chosen, boolean atEnd, List<Tried> tried) {}

  /**
   * A trial, at seed 1.
   *
   * @param value of the option
   * @param state finished, diverged, failed or missing
   * @param trainLoss null unless finished, as the next ones
   * @param testLoss of the same run
   * @param testAcc likewise; null for regression
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Tried(
      String value, String state, Double trainLoss, Double testLoss, Double testAcc) {}
}
