package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a section's numbers say in words, and no more than that. */
final class Verdict {

  /** Means of training seconds further apart than this are no equal time. */
  private static final double EQUAL_TIME = 1.1;

  private record Entry(RunGroup group, Statistic statistic) {}

  private final Section section;

  Verdict(Section section) {
    this.section = section;
  }

  /** Sentences: the best configuration by each measure, and what limits the comparison. */
  String text() {
    if (section.groups().stream().allMatch(group -> group.done().isEmpty())) {
      return "No run has come to its end with finite numbers: " + undone() + ".";
    }
    List<String> sentences = new ArrayList<>();
    Set<String> caveats = new LinkedHashSet<>();
    section.measures().forEach(measure -> compare(measure, sentences, caveats));
    sentences.addAll(caveats);
    if (section.groups().size() > 1) {
      sentences.addAll(time());
    }
    if (section.groups().stream().anyMatch(group -> !group.undone().isEmpty())) {
      sentences.add("Not in these means: " + undone() + ".");
    }
    return String.join(" ", sentences);
  }

  private void compare(Measure measure, List<String> sentences, Set<String> caveats) {
    List<Entry> entries =
        section.groups().stream()
            .map(group -> new Entry(group, group.statistic(measure)))
            .filter(entry -> entry.statistic().n() > 0)
            .sorted(Comparator.comparing(entry -> entry.statistic().mean(), measure::compare))
            .toList();
    if (entries.isEmpty()) {
      return;
    }
    Entry best = entries.get(0);
    if (entries.size() == 1) {
      sentences.add(
          best.group().name() + ": " + measure.title() + " " + value(measure, best) + ".");
      return;
    }
    Entry next = entries.get(1);
    boolean single = best.statistic().n() < 2 || next.statistic().n() < 2;
    sentences.add(
        String.format(
            "%s had the %s mean %s: %s; next %s: %s.%s",
            best.group().name(),
            measure.isFraction() ? "highest" : "lowest",
            measure.title(),
            value(measure, best),
            next.group().name(),
            value(measure, next),
            !single && best.statistic().overlaps(next.statistic())
                ? " Their deviations overlap: these runs do not tell the two apart."
                : ""));
    if (single) {
      caveats.add("A configuration with one run says nothing about chance.");
    }
  }

  private static String value(Measure measure, Entry entry) {
    int n = entry.statistic().n();
    return entry.statistic().text(measure) + " (" + n + (n == 1 ? " run)" : " runs)");
  }

  private List<String> time() {
    double[] seconds =
        section.groups().stream()
            .mapToDouble(group -> group.statistic(results -> results.totTime()).mean())
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (seconds.length < 2 || seconds[seconds.length - 1] <= EQUAL_TIME * seconds[0]) {
      return List.of();
    }
    return List.of(
        "The configurations trained for different times, "
            + Numbers.seconds(seconds[0])
            + " to "
            + Numbers.seconds(seconds[seconds.length - 1])
            + " s in the mean: final numbers are not at equal time, the curves against seconds are.");
  }

  private String undone() {
    return String.join(
        "; ",
        section.groups().stream()
            .filter(group -> !group.undone().isEmpty())
            .map(
                group ->
                    group.name()
                        + " (of "
                        + group.runs().size()
                        + (group.runs().size() == 1 ? " run " : " runs ")
                        + group.undoneText()
                        + ")")
            .toList());
  }
}
