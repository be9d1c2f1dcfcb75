package io.github.sgn4j.examples.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * SGN's accuracy after each of the first epochs beside the published one, the seconds until the
 * published accuracy, and the milliseconds of a step.
 */
final class EpochTables {

  private static final int EPOCHS = 3;

  /** What SGN's mean should reach, by study, after the first epoch and after the third. */
  private static final Map<String, Map<Integer, Double>> GOALS =
      Map.of("fashion", Map.of(1, 0.845, 3, 0.855), "cifar10", Map.of(1, 0.54, 3, 0.62));

  /** Milliseconds of a step of the reference implementation on a machine of this kind. */
  private static final Map<String, Integer> REFERENCE_STEP =
      Map.of("fashion", 988, "cifar10", 9600);

  private final QualityStudy study;
  private final PublishedFigures published;

  EpochTables(QualityStudy study, PublishedFigures published) {
    this.study = study;
    this.published = published;
  }

  /** A title, both tables and the line on steps, each ended by an empty line. */
  String toMarkdown(String solver, List<Optional<RunResults>> seeds) {
    return "### "
        + solver
        + "\n\nTest accuracy after each epoch:\n\n"
        + accuracies(seeds)
        + "\nTraining seconds until the accuracy that the published runs had in the mean, seen at"
        + " the end of an epoch; theirs are on a GeForce GTX TITAN X:\n\n"
        + seconds(seeds)
        + "\n"
        + step(seeds)
        + "\n\n";
  }

  private String accuracies(List<Optional<RunResults>> seeds) {
    TextTable table = table(seeds.size(), "after", "mean", "published", "goal for the mean");
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      int index = epoch - 1;
      List<String> cells = new ArrayList<>(List.of("epoch " + epoch));
      double sum = 0;
      for (Optional<RunResults> seed : seeds) {
        double accuracy =
            seed.filter(run -> run.testAcc().size() > index)
                .map(run -> run.testAcc().get(index))
                .orElse(Double.NaN);
        cells.add(Double.isNaN(accuracy) ? "-" : Numbers.percent(accuracy));
        sum += accuracy;
      }
      double mean = sum / seeds.size();
      cells.add(Double.isNaN(mean) ? "-" : Numbers.percent(mean));
      PublishedFigures.Figure figure = figure(epoch);
      cells.add(Numbers.percent(figure.mean()) + " ± " + Numbers.percent(figure.deviation()));
      cells.add(goal(epoch, mean));
      table.row(cells.toArray(String[]::new));
    }
    return table.toMarkdown();
  }

  private String goal(int epoch, double mean) {
    Double goal = GOALS.getOrDefault(study.key(), Map.of()).get(epoch);
    if (goal == null) {
      return "-";
    }
    String reached = Double.isNaN(mean) ? "not all there" : mean >= goal ? "reached" : "missed";
    return Numbers.percent(goal) + ", " + reached;
  }

  private String seconds(List<Optional<RunResults>> seeds) {
    TextTable table = table(seeds.size(), "published accuracy", "median", "published");
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      PublishedFigures.Figure figure = figure(epoch);
      List<String> cells =
          new ArrayList<>(List.of(Numbers.percent(figure.mean()) + " (epoch " + epoch + ")"));
      List<Double> reached = new ArrayList<>();
      for (Optional<RunResults> seed : seeds) {
        OptionalInt first = seed.map(run -> first(run, figure.mean())).orElse(OptionalInt.empty());
        if (first.isPresent()) {
          double seconds = seed.orElseThrow().epochSeconds().get(first.getAsInt());
          reached.add(seconds);
          cells.add(String.format(Locale.ROOT, "%.1f (epoch %d)", seconds, first.getAsInt() + 1));
        } else {
          cells.add("-");
        }
      }
      // A seed that did not come so far has no seconds, and so the seeds have no median.
      cells.add(reached.size() == seeds.size() ? text(reached) : "-");
      cells.add(String.format(Locale.ROOT, "%.1f", figure.seconds()));
      table.row(cells.toArray(String[]::new));
    }
    return table.toMarkdown();
  }

  private static OptionalInt first(RunResults run, double accuracy) {
    return IntStream.range(0, run.testAcc().size())
        .filter(epoch -> run.testAcc().get(epoch) >= accuracy)
        .findFirst();
  }

  private String step(List<Optional<RunResults>> seeds) {
    List<Double> milliseconds =
        seeds.stream()
            .flatMap(Optional::stream)
            .filter(run -> run.totIterations() > 0)
            .map(run -> 1000 * run.totTime() / run.totIterations())
            .toList();
    return String.format(
        Locale.ROOT,
        "A step took %s ms (median of the seeds, batches and line search included); the"
            + " reference implementation takes about %d on this kind of machine.",
        milliseconds.isEmpty() ? "-" : text(milliseconds),
        REFERENCE_STEP.get(study.key()));
  }

  private static String text(List<Double> values) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    return String.format(Locale.ROOT, "%.1f", QualityStudy.median(array));
  }

  private PublishedFigures.Figure figure(int epoch) {
    return published.of(study.key(), "sgn-" + epoch).orElseThrow();
  }

  private static TextTable table(int seeds, String first, String... last) {
    List<String> titles = new ArrayList<>(List.of(first));
    for (int seed = 1; seed <= seeds; seed++) {
      titles.add("seed " + seed);
    }
    titles.addAll(List.of(last));
    return new TextTable(titles.toArray(String[]::new));
  }
}
