package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.Contender.Candidate;
import io.github.sgn4j.examples.compare.OptionCatalog.Kind;
import io.github.sgn4j.examples.results.JsonFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the contenders of a plan, and checks each of their command lines. */
final class Lineup {

  private final Plan plan;
  private final GridFiles files;
  private final Map<String, Kind> options;
  private final List<String> extra;
  private final Rehearsal rehearsal;

  private Lineup(
      Plan plan, GridFiles files, OptionCatalog catalog, List<String> extra, Rehearsal rehearsal) {
    this.plan = plan;
    this.files = files;
    this.options = catalog.options(plan.command());
    this.extra = extra;
    this.rehearsal = rehearsal;
  }

  /**
   * All contenders, in the plan's order.
   *
   * @param extra further arguments of every run
   * @throws GridException if a run would be refused; the message names the configuration
   */
  static List<Contender> of(
      Plan plan, GridFiles files, OptionCatalog catalog, List<String> extra, Rehearsal rehearsal) {
    Lineup lineup = new Lineup(plan, files, catalog, extra, rehearsal);
    return plan.configurations().stream().map(lineup::contender).toList();
  }

  private Contender contender(Configuration configuration) {
    Tuning tune = configuration.tune();
    if (tune == null) {
      return new Contender(
          configuration, List.of(candidate(configuration, null)), List.of(), List.of());
    }
    List<Candidate> given =
        tune.values().stream().map(value -> candidate(configuration, value)).toList();
    return new Contender(
        configuration,
        given,
        possible(configuration, Ladder.below(tune.values())),
        possible(configuration, Ladder.above(tune.values())));
  }

  /** Those of the values that the option takes: it may end before the ladder does. */
  private List<Candidate> possible(Configuration configuration, List<String> values) {
    List<Candidate> candidates = new ArrayList<>();
    for (String value : values) {
      try {
        candidates.add(candidate(configuration, value));
      } catch (GridException e) {
        break;
      }
    }
    return List.copyOf(candidates);
  }

  private Candidate candidate(Configuration configuration, String value) {
    Map<String, Object> all = new LinkedHashMap<>(plan.data());
    all.putAll(configuration.options());
    if (value != null) {
      all.put(configuration.tune().option(), value);
    }
    List<String> arguments = new ArrayList<>(List.of(plan.command()));
    all.forEach((option, given) -> add(arguments, option, given));
    arguments.add(plan.budget().argument());
    arguments.addAll(extra);
    try {
      List<String> first = new ArrayList<>(arguments);
      first.add("--seed=1");
      return new Candidate(value, List.copyOf(arguments), JsonFiles.tree(rehearsal.config(first)));
    } catch (GridException e) {
      throw new GridException(
          "Configuration "
              + GridReader.quoted(configuration.name())
              + (value == null ? "" : " with " + configuration.tune().option() + " " + value)
              + ": "
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new IllegalStateException("a configuration that is no JSON", e);
    }
  }

  private void add(List<String> arguments, String option, Object given) {
    if (options.get(option) == Kind.SWITCH) {
      arguments.add((given.equals("true") ? "--" : "--no-") + option);
    } else if (given instanceof List<?> several) {
      several.forEach(one -> arguments.add("--" + option + "=" + one));
    } else {
      arguments.add("--" + option + "=" + files.resolved(option, (String) given));
    }
  }
}
