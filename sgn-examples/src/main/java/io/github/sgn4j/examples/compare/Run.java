package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sgn4j.examples.compare.Contender.Candidate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One run of a comparison.
 *
 * @param contender whose it is
 * @param candidate with the tuned option settled; null while that is not chosen
 * @param seed of the shuffling
 * @param trial whether it only tries a tuned option's value
 * @param folder where it goes
 */
public record Run(Contender contender, Candidate candidate, int seed, boolean trial, Path folder) {

  /** Name of the folder of all runs in a comparison's folder. */
  static final String RUNS = "runs";

  /** A configuration's run with a seed: {@code runs/SLUG/seed-SEED}. */
  static Run of(Path comparison, Contender contender, Candidate candidate, int seed) {
    return new Run(
        contender, candidate, seed, false, home(comparison, contender).resolve("seed-" + seed));
  }

  /** A trial of a tuned option's value at the first seed: {@code runs/SLUG/tune-OPTION-VALUE}. */
  static Run trial(Path comparison, Contender contender, Candidate candidate) {
    String option = contender.configuration().tune().option();
    return new Run(
        contender,
        candidate,
        1,
        true,
        home(comparison, contender).resolve(trialFolder(option, candidate.value())));
  }

  /** Name of the folder of a value's trial. */
  static String trialFolder(String option, String value) {
    return "tune-" + Configuration.slug(option + " " + value);
  }

  /** By its place and the tuned option's value: they tell runs of one comparison apart. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Run run
        && folder.equals(run.folder)
        && Objects.equals(value(), run.value());
  }

  @Override
  public int hashCode() {
    return Objects.hash(folder, value());
  }

  private String value() {
    return candidate == null ? null : candidate.value();
  }

  private static Path home(Path comparison, Contender contender) {
    return comparison.resolve(RUNS).resolve(contender.configuration().slug());
  }

  /** Name of the configuration's folder. */
  public String slug() {
    return contender.configuration().slug();
  }

  /** Such as "Adam, lr 0.01, seed 2". */
  public String label() {
    Tuning tune = contender.configuration().tune();
    String tuned =
        tune == null
            ? ""
            : ", "
                + tune.option()
                + " "
                + (candidate == null ? "not chosen yet" : candidate.value());
    return contender.configuration().name() + tuned + (trial ? ", trial" : ", seed " + seed);
  }

  /** The command that makes the run. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(candidate.arguments());
    arguments.add("--seed=" + seed);
    arguments.add("--out=" + folder);
    arguments.add("--force");
    return arguments;
  }

  /** What the run's {@code config.json} must hold. */
  JsonNode expected() {
    return ((ObjectNode) candidate.expected().deepCopy()).put("seed", seed);
  }
}
