package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.sgn4j.examples.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a comparison compares: the content of {@code compare.json}.
 *
 * @param version of this format: 1
 * @param sgn4j version of the library that began the comparison
 * @param name of the comparison
 * @param command mlp or convnet
 * @param data options of data and network, as they were given: a text each, or a list of texts
 * @param files SHA-256 of the files that these options name, by option
 * @param budget of each run
 * @param seeds number of seeds, counted from 1
 * @param configurations in the grid's order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Plan(
    int version,
    String sgn4j,
    String name,
    String command,
    Map<String, Object> data,
    Map<String, String> files,
    Budget budget,
    int seeds,
    List<Configuration> configurations) {

  /** Name of the file in a comparison's folder. */
  public static final String FILE = "compare.json";

  static final int VERSION = 1;

  /** Makes the plan of a grid; budget and seeds are the command line's, or the grid's. */
  public static Plan of(
      Grid grid, String name, Map<String, String> files, Budget budget, int seeds) {
    return new Plan(
        VERSION,
        Version.current(),
        name,
        grid.command(),
        grid.data(),
        files,
        budget,
        seeds,
        grid.configurations());
  }

  /** Whether nothing that a plan needs is missing, as in a damaged file. */
  boolean complete() {
    return sgn4j != null
        && name != null
        && command != null
        && data != null
        && files != null
        && budget != null
        && seeds >= 1
        && configurations != null
        && configurations.stream()
            .allMatch(c -> c.name() != null && c.slug() != null && c.options() != null);
  }

  /**
   * Why runs of this plan and of another one cannot stand in one table: a line for each difference;
   * empty if they can. Names of files do not count, only their content.
   */
  List<String> differences(Plan wanted) {
    List<String> lines = new ArrayList<>();
    difference(lines, "format", version, wanted.version);
    difference(lines, "command", command, wanted.command);
    Stream.concat(data.keySet().stream(), wanted.data.keySet().stream())
        .distinct()
        .forEach(
            key -> {
              boolean byContent = files.containsKey(key) && wanted.files.containsKey(key);
              if (!byContent) {
                difference(lines, key, data.get(key), wanted.data.get(key));
              } else if (!files.get(key).equals(wanted.files.get(key))) {
                lines.add("the content of " + key + " " + wanted.data.get(key) + " has changed");
              }
            });
    difference(lines, "budget", budget.text(), wanted.budget.text());
    for (Configuration mine : configurations) {
      for (Configuration other : wanted.configurations) {
        if (mine.slug().equals(other.slug())) {
          lines.addAll(differences(mine, other));
        }
      }
    }
    return lines;
  }

  private static List<String> differences(Configuration mine, Configuration other) {
    List<String> lines = new ArrayList<>();
    String of = " of " + GridReader.quoted(other.name());
    difference(lines, "the name" + of, mine.name(), other.name());
    TreeSet<String> options = new TreeSet<>(mine.options().keySet());
    options.addAll(other.options().keySet());
    for (String option : options) {
      difference(lines, option + of, mine.options().get(option), other.options().get(option));
    }
    difference(lines, "tune" + of, text(mine.tune()), text(other.tune()));
    return lines;
  }

  private static String text(Tuning tune) {
    return tune == null ? null : tune.option() + " " + tune.values();
  }

  private static void difference(List<String> lines, String what, Object there, Object wanted) {
    if (!Objects.equals(there, wanted)) {
      lines.add(what + ": " + shown(there) + " there, " + shown(wanted) + " wanted");
    }
  }

  private static String shown(Object value) {
    return value == null ? "nothing" : value.toString();
  }

  /**
   * This plan with another one's further configurations and seeds: a comparison only grows.
   *
   * @param more has no differences
   */
  Plan with(Plan more) {
    List<Configuration> all = new ArrayList<>(configurations);
    for (Configuration other : more.configurations) {
      if (configurations.stream().noneMatch(mine -> mine.slug().equals(other.slug()))) {
        all.add(other);
      }
    }
    return new Plan(
        version,
        sgn4j,
        name,
        command,
        more.data,
        files,
        budget,
        Math.max(seeds, more.seeds),
        List.copyOf(all));
  }
}
