package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.compare.Contender.Candidate;
import io.github.sgn4j.examples.compare.RunOutcome.State;
import io.github.sgn4j.examples.compare.Summary.Row;
import io.github.sgn4j.examples.results.AtomicFile;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes a plan's runs: those that are missing, one at a time; first the trials of tuned options,
 * then seed by seed every configuration, so that whatever the machine does meanwhile falls on all
 * alike. After every run the summary is written again.
 */
public final class Comparison {

  /** Name of the file in a run's folder that holds what its process printed. */
  public static final String LOG = "run.log";

  private static final int SECONDS_TO_END = 20;

  /**
   * A run whose process failed.
   *
   * @param run which one
   * @param status the process's exit status
   */
  public record Failure(Run run, int status) {}

  private final Path folder;
  private final Plan plan;
  private final List<Contender> contenders;
  private final Map<String, Tuner> tuners = new LinkedHashMap<>();
  private final Outcomes outcomes;
  private final List<Failure> failures = new ArrayList<>();
  private final Estimate estimate;
  private final boolean replacing;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopped;

  private Comparison(
      Path folder, Plan plan, List<Contender> contenders, Outcomes outcomes, boolean replacing) {
    this.folder = folder;
    this.replacing = replacing;
    this.plan = plan;
    this.contenders = contenders;
    this.outcomes = outcomes;
    estimate = new Estimate(plan.budget());
    for (Contender contender : contenders) {
      if (contender.tuned()) {
        tuners.put(contender.configuration().slug(), new Tuner(contender));
      }
    }
    // Looks at every run. What is there already tells how long the others take.
    pending();
    outcomes
        .known()
        .forEach(
            (run, outcome) -> {
              if (outcome.state().settled()) {
                estimate.learn(run.slug(), outcome.seconds() + Estimate.START_SECONDS);
              }
            });
  }

  /**
   * Checks every command line of a plan and looks at what is there; writes nothing.
   *
   * @param folder of the comparison, which may not exist yet
   * @param wanted is added to the plan that is there
   * @param files of the grid
   * @param extra further arguments of every run
   * @param force whether a plan that does not fit may be replaced, and runs that do not be made
   *     again
   * @throws GridException if a run would be refused, or something is there that does not fit
   */
  public static Comparison prepare(
      Path folder,
      Plan wanted,
      GridFiles files,
      OptionCatalog catalog,
      List<String> extra,
      Rehearsal rehearsal,
      boolean force) {
    Plan plan = PlanFile.reconcile(folder, wanted, force);
    List<Contender> contenders = Lineup.of(plan, files, catalog, extra, rehearsal);
    boolean stale = force && !PlanFile.sameFiles(folder, wanted);
    Comparison comparison = new Comparison(folder, plan, contenders, new Outcomes(stale), force);
    if (!force) {
      comparison.refuseForeign();
    }
    return comparison;
  }

  /** The plan, with what was there before. */
  public Plan plan() {
    return plan;
  }

  /** A tuned configuration's seeds may be of an earlier choice: they are made again. */
  private void refuseForeign() {
    outcomes
        .known()
        .forEach(
            (run, outcome) -> {
              if (outcome.state() == State.FOREIGN && (run.trial() || !run.contender().tuned())) {
                throw new GridException(
                    run.folder()
                        + " holds a run with other settings than this comparison's: "
                        + String.join(", ", RunOutcome.differences(run.folder(), run.expected()))
                        + ".\nName another folder with --out, or make such runs again: --force");
              }
            });
  }

  /**
   * The runs that are still to be made, as far as they are known, in order. Those of a tuned
   * configuration have no candidate before it is chosen.
   */
  public List<Run> pending() {
    List<Run> runs = new ArrayList<>();
    for (Contender contender : contenders) {
      if (contender.tuned()) {
        for (Candidate candidate : tuner(contender).proceed(value -> trial(contender, value))) {
          runs.add(Run.trial(folder, contender, candidate));
        }
      }
    }
    for (int seed = 1; seed <= plan.seeds(); seed++) {
      for (Contender contender : contenders) {
        if (!contender.tuned() || tuner(contender).chosen() != null) {
          Run run = run(contender, seed);
          if (!outcomes.over(run) && !adoptable(run)) {
            runs.add(run);
          }
        } else if (!tuner(contender).done() && seed > 1) {
          runs.add(run(contender, seed));
        }
      }
    }
    return runs;
  }

  /** Whether the run is there as the trial that was chosen. */
  private boolean adoptable(Run run) {
    return run.contender().tuned() && run.seed() == 1;
  }

  private Run run(Contender contender, int seed) {
    Candidate candidate = contender.tuned() ? tuner(contender).chosen() : contender.given().get(0);
    return Run.of(folder, contender, candidate, seed);
  }

  private Tuner tuner(Contender contender) {
    return tuners.get(contender.configuration().slug());
  }

  private RunOutcome trial(Contender contender, Candidate candidate) {
    return outcomes.of(Run.trial(folder, contender, candidate));
  }

  /** Runs that are over. */
  public int done() {
    return (int)
        outcomes.known().keySet().stream()
            .filter(run -> outcomes.over(run) && (run.trial() || !adoptable(run)))
            .count();
  }

  /** Seconds until all runs are made; empty if nothing tells. */
  public OptionalDouble secondsLeft() {
    return estimate.seconds(pending());
  }

  /**
   * Makes the runs.
   *
   * @return those that failed
   * @throws GridException if another process is at it
   * @throws OutputException if files cannot be written
   */
  public List<Failure> run(Launcher launcher, ComparisonListener listener) {
    try {
      Files.createDirectories(folder);
      try (FolderLock lock = FolderLock.take(folder)) {
        outcomes.forget(folder);
        if (replacing) {
          Leftovers.removeUnnamed(folder, plan);
        }
        PlanFile.write(folder, plan);
        writeSummary();
        List<Run> pending = pending();
        while (!pending.isEmpty() && !stopped) {
          make(pending.get(0), launcher, listener);
          adopt();
          writeSummary();
          pending = pending();
        }
        adopt();
        writeSummary();
      }
    } catch (IOException e) {
      throw new OutputException("Cannot write to " + folder + ": " + IoReasons.of(e) + ".", e);
    } finally {
      ended.countDown();
    }
    return List.copyOf(failures);
  }

  private void make(Run run, Launcher launcher, ComparisonListener listener) throws IOException {
    int before = pending().size();
    listener.started(run, done(), done() + before, secondsLeft());
    Files.createDirectories(run.folder());
    // What is there does not count; if the run's process dies early, it still must not.
    Files.deleteIfExists(run.folder().resolve(RunResults.FILE));
    long start = System.nanoTime();
    int status = 0;
    try {
      status = launcher.run(run.arguments(), run.folder().resolve(LOG));
    } catch (IOException e) {
      if (!stopped) {
        throw e;
      }
    }
    RunOutcome outcome = RunOutcome.read(run.folder(), run.expected());
    if (stopped) {
      // It may have come to its end in the last moment.
      outcomes.put(run, outcome.state().settled() ? outcome : RunOutcome.MISSING);
      return;
    }
    if (!outcome.state().settled()) {
      failures.add(new Failure(run, status));
      outcome = RunOutcome.FAILED;
    } else {
      estimate.learn(run.slug(), (System.nanoTime() - start) * 1e-9);
    }
    outcomes.put(run, outcome);
    int after = pending().size();
    listener.ended(run, outcome, done(), done() + after, secondsLeft());
  }

  /** Lets the trials that were chosen stand as their configurations' first seeds. */
  private void adopt() throws IOException {
    for (Contender contender : contenders) {
      if (contender.tuned() && tuner(contender).chosen() != null) {
        Run first = run(contender, 1);
        if (!outcomes.over(first)) {
          outcomes.copy(Run.trial(folder, contender, first.candidate()), first);
        }
      }
    }
  }

  /** What came of it so far. */
  public Summary summary() {
    List<Row> rows = new ArrayList<>();
    for (Contender contender : contenders) {
      List<RunOutcome> seeds = new ArrayList<>();
      for (int seed = 1; seed <= plan.seeds(); seed++) {
        seeds.add(outcomes.of(run(contender, seed)));
      }
      rows.add(
          Summaries.row(
              contender, seeds, tuner(contender), candidate -> trial(contender, candidate)));
    }
    return new Summary(
        Summary.VERSION, plan.name(), plan.budget(), plan.seeds(), Summaries.marked(rows));
  }

  private void writeSummary() throws IOException {
    Summary summary = summary();
    JsonFiles.write(folder.resolve(Summary.FILE), summary);
    AtomicFile.write(
        folder.resolve(Summary.TABLES),
        new SummaryTables(summary).toMarkdown().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether {@link #stop} was called. */
  public boolean stopped() {
    return stopped;
  }

  /** Ends the run that is being made and the comparison, from another thread; waits for that. */
  public void stop(Launcher launcher) {
    stopped = true;
    launcher.stop();
    try {
      if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the comparison does not come to its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
