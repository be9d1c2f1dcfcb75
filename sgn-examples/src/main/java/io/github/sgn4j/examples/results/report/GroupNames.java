package io.github.sgn4j.examples.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Names for configurations that nobody named: the solver, and as few as possible of the options in
 * which the configurations of that solver differ.
 */
final class GroupNames {

  /** What people call configurations by, if it differs. */
  private static final List<String> FIRST =
      List.of(
          "solver",
          "preset",
          "lr",
          "momentum",
          "rho",
          "kappa",
          "cg_max_iter",
          "curvature",
          "batch_size");

  /** What rarely makes the difference. */
  private static final List<String> LAST =
      List.of("epochs", "max_seconds", "threads", "memory", "k", "k_cg");

  private GroupNames() {}

  /**
   * Names for these options, in their order, each once.
   *
   * @param options one map for each configuration, no two of them equal
   */
  static List<String> of(List<Map<String, Object>> options) {
    Map<String, List<Map<String, Object>>> bySolver = new HashMap<>();
    options.forEach(
        each -> bySolver.computeIfAbsent(solver(each), s -> new ArrayList<>()).add(each));
    Map<String, List<String>> keys = new HashMap<>();
    bySolver.forEach((solver, alike) -> keys.put(solver, telling(alike)));
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Map<String, Object> each : options) {
      String name = solver(each) + suffix(each, keys.get(solver(each)));
      String unlike = name;
      for (int i = 2; !taken.add(unlike); i++) {
        unlike = name + " (" + i + ")";
      }
      names.add(unlike);
    }
    return names;
  }

  /** Keys in which at least two of the maps differ, in the order in which they tell them apart. */
  static List<String> differing(List<Map<String, Object>> options) {
    Set<String> keys = new LinkedHashSet<>();
    options.forEach(each -> keys.addAll(each.keySet()));
    return keys.stream()
        .filter(
            key ->
                options.stream().map(each -> Objects.toString(each.get(key))).distinct().count()
                    > 1)
        .sorted(Comparator.comparingInt(GroupNames::rank))
        .toList();
  }

  /** Keys in which two maps differ that have them: not options of one solver alone. */
  static List<String> varied(List<Map<String, Object>> options) {
    return differing(options).stream()
        .filter(
            key ->
                options.stream()
                        .filter(each -> each.get(key) != null)
                        .map(each -> each.get(key).toString())
                        .distinct()
                        .count()
                    > 1)
        .toList();
  }

  private static int rank(String key) {
    int first = FIRST.indexOf(key);
    int last = LAST.indexOf(key);
    return first >= 0 ? first : FIRST.size() + 1 + last;
  }

  /** Differing keys, until no two maps are alike in them. */
  private static List<String> telling(List<Map<String, Object>> options) {
    List<String> chosen = new ArrayList<>();
    long kinds = 1;
    for (String key : differing(options)) {
      chosen.add(key);
      long now =
          options.stream()
              .map(each -> chosen.stream().map(k -> Objects.toString(each.get(k))).toList())
              .distinct()
              .count();
      if (now == kinds) {
        chosen.remove(key);
      }
      kinds = now;
      if (kinds == options.size()) {
        break;
      }
    }
    return chosen;
  }

  private static String suffix(Map<String, Object> options, List<String> keys) {
    StringBuilder text = new StringBuilder();
    for (String key : keys) {
      Object value = options.get(key);
      if (value != null) {
        text.append(", ")
            .append(OptionValues.option(key))
            .append(' ')
            .append(OptionValues.text(value));
      }
    }
    return text.toString();
  }

  private static String solver(Map<String, Object> options) {
    return OptionValues.solver(options.get("solver"));
  }
}
