package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.Contender.Candidate;
import io.github.sgn4j.examples.compare.RunOutcome.State;
import io.github.sgn4j.examples.compare.Summary.Row;
import io.github.sgn4j.examples.compare.Summary.Tried;
import io.github.sgn4j.examples.compare.Summary.Tuned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Makes the summary's rows of outcomes. */
final class Summaries {

  private Summaries() {}

  /** A configuration's row, without marks. */
  static Row row(
      Contender contender,
      List<RunOutcome> seeds,
      Tuner tuner,
      Function<Candidate, RunOutcome> trials) {
    Configuration configuration = contender.configuration();
    Map<String, String> options = new LinkedHashMap<>(configuration.options());
    if (tuner != null && tuner.chosen() != null) {
      options.put(configuration.tune().option(), tuner.chosen().value());
    }
    List<RunOutcome> finished =
        seeds.stream().filter(outcome -> outcome.state() == State.FINISHED).toList();
    int diverged = count(seeds, State.DIVERGED);
    int failed = count(seeds, State.FAILED);
    return new Row(
        configuration.name(),
        configuration.slug(),
        options,
        seeds.size(),
        finished.size(),
        diverged,
        failed,
        seeds.size() - finished.size() - diverged - failed,
        statistic(finished, RunOutcome::trainLoss),
        statistic(finished, RunOutcome::testLoss),
        statistic(finished, RunOutcome::testAcc),
        statistic(finished, outcome -> (double) outcome.epochs()),
        statistic(finished, outcome -> (double) outcome.steps()),
        statistic(finished, RunOutcome::seconds),
        List.of(),
        tuner == null ? null : tuned(configuration, tuner, trials));
  }

  private static Tuned tuned(
      Configuration configuration, Tuner tuner, Function<Candidate, RunOutcome> trials) {
    List<Tried> tried = new ArrayList<>();
    for (Candidate candidate : tuner.tried()) {
      RunOutcome outcome = trials.apply(candidate);
      boolean finished = outcome.state() == State.FINISHED;
      State state = outcome.state() == State.FOREIGN ? State.MISSING : outcome.state();
      tried.add(
          new Tried(
              candidate.value(),
              state.name().toLowerCase(Locale.ROOT),
              finished ? outcome.trainLoss() : null,
              finished ? outcome.testLoss() : null,
              finished ? outcome.testAcc() : null));
    }
    return new Tuned(
        configuration.tune().option(),
        tuner.chosen() == null ? null : tuner.chosen().value(),
        tuner.atEnd(),
        tried);
  }

  private static int count(List<RunOutcome> outcomes, State state) {
    return (int) outcomes.stream().filter(outcome -> outcome.state() == state).count();
  }

  private static SeedStatistic statistic(
      List<RunOutcome> outcomes, Function<RunOutcome, Double> number) {
    return SeedStatistic.of(outcomes.stream().map(number).toList());
  }

  /** The same rows with marks. */
  static List<Row> marked(List<Row> rows) {
    List<Row> marked = new ArrayList<>();
    for (Row row : rows) {
      List<String> best = new ArrayList<>();
      mark(best, "train_loss", row, rows, Row::trainLoss, -1);
      mark(best, "test_loss", row, rows, Row::testLoss, -1);
      mark(best, "test_acc", row, rows, Row::testAcc, 1);
      marked.add(
          new Row(
              row.name(),
              row.slug(),
              row.options(),
              row.runs(),
              row.finished(),
              row.diverged(),
              row.failed(),
              row.missing(),
              row.trainLoss(),
              row.testLoss(),
              row.testAcc(),
              row.epochs(),
              row.steps(),
              row.seconds(),
              best,
              row.tuning()));
    }
    return marked;
  }

  /** A mean of fewer seeds than wanted is no mark's worth: those left out may be the bad ones. */
  private static void mark(
      List<String> best,
      String measure,
      Row row,
      List<Row> rows,
      Function<Row, SeedStatistic> statistic,
      int sign) {
    Double mine = mean(row, statistic);
    boolean ahead =
        mine != null
            && rows.stream()
                .map(other -> mean(other, statistic))
                .filter(Objects::nonNull)
                .allMatch(other -> sign * mine >= sign * other);
    if (ahead) {
      best.add(measure);
    }
  }

  private static Double mean(Row row, Function<Row, SeedStatistic> statistic) {
    SeedStatistic found = statistic.apply(row);
    return row.finished() < row.runs() || found == null ? null : found.mean();
  }
}
