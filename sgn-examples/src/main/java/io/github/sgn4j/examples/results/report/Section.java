package io.github.sgn4j.examples.results.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was trained on one data set with one network, and can therefore be compared.
 *
 * @param task what stands in {@code config.json} before the solver, but for activation and initial
 *     weights: command, data set, its options, the network
 * @param groups at least one
 */
record Section(Map<String, Object> task, List<RunGroup> groups) {

  /** The first option that is about training. */
  private static final String SOLVER = "solver";

  /** About the network, but people vary them. */
  private static final List<String> VARIED = List.of("activation", "init");

  /** Sorts runs into sections and groups, in the order in which the runs come. */
  static List<Section> of(List<FoundRun> runs) {
    Map<Map<String, Object>, List<FoundRun>> byTask = new LinkedHashMap<>();
    runs.forEach(run -> byTask.computeIfAbsent(task(run), task -> new ArrayList<>()).add(run));
    List<Section> sections = new ArrayList<>();
    byTask.forEach((task, members) -> sections.add(new Section(task, groups(task, members))));
    return sections;
  }

  private static Map<String, Object> task(FoundRun run) {
    Map<String, Object> task = new LinkedHashMap<>();
    for (Map.Entry<String, Object> option : run.config().entrySet()) {
      if (option.getKey().equals(SOLVER)) {
        break;
      }
      if (!VARIED.contains(option.getKey()) && !FoundRun.isRunsOwn(option.getKey())) {
        task.put(option.getKey(), option.getValue());
      }
    }
    return task;
  }

  private static List<RunGroup> groups(Map<String, Object> task, List<FoundRun> runs) {
    record Key(Optional<String> name, Map<String, Object> options) {}
    Map<Key, List<FoundRun>> byOptions = new LinkedHashMap<>();
    for (FoundRun run : runs) {
      Map<String, Object> options = new LinkedHashMap<>(run.config());
      options.keySet().removeIf(key -> FoundRun.isRunsOwn(key) || task.containsKey(key));
      byOptions.computeIfAbsent(new Key(run.name(), options), key -> new ArrayList<>()).add(run);
    }
    List<Key> keys = List.copyOf(byOptions.keySet());
    List<String> invented = GroupNames.of(keys.stream().map(Key::options).toList());
    // Two comparisons may have given one name to different options.
    Map<String, Long> given =
        keys.stream()
            .flatMap(key -> key.name().stream())
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    List<RunGroup> groups = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      String own = invented.get(i);
      String name =
          keys.get(i).name().map(n -> given.get(n) == 1 ? n : n + " (" + own + ")").orElse(own);
      while (!taken.add(name)) {
        name += " again";
      }
      groups.add(new RunGroup(name, keys.get(i).options(), byOptions.get(keys.get(i))));
    }
    return List.copyOf(groups);
  }

  /** The data set, such as "sine, sine-frequency 10" and the network, such as "layers 20-20-20". */
  String title() {
    StringBuilder title =
        new StringBuilder(OptionValues.text(task.getOrDefault("dataset", "unknown data")));
    for (String key : List.of("sine_frequency", "target", "architecture", "layers")) {
      if (task.get(key) != null) {
        title.append(", ").append(OptionValues.option(key)).append(' ');
        title.append(OptionValues.text(task.get(key)));
      }
    }
    return title.toString();
  }

  /** The measures that some run has, the train loss first. */
  List<Measure> measures() {
    return Arrays.stream(Measure.values())
        .filter(
            measure ->
                groups.stream()
                    .flatMap(group -> group.runs().stream())
                    .anyMatch(run -> measure.isIn(run.results())))
        .toList();
  }

  /** The measures that runs have after each epoch. */
  List<Measure> curveMeasures() {
    return measures().stream()
        .filter(
            measure ->
                groups.stream()
                    .flatMap(group -> group.runs().stream())
                    .anyMatch(run -> measure.perEpoch(run.results()) != null))
        .toList();
  }
}
