package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.RunOutcome.State;
import io.github.sgn4j.examples.results.AtomicFile;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunLogFiles;
import io.github.sgn4j.examples.results.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of a comparison's runs: each folder is read once. */
final class Outcomes {

  private final Map<Run, RunOutcome> known = new LinkedHashMap<>();
  private final boolean stale;

  /**
   * Outcomes of runs.
   *
   * @param stale whether none of the runs that are there counts
   */
  Outcomes(boolean stale) {
    this.stale = stale;
  }

  /** What came of a run; one whose tuned option is not settled is missing. */
  RunOutcome of(Run run) {
    if (run.candidate() == null) {
      return RunOutcome.MISSING;
    }
    return known.computeIfAbsent(
        run, r -> stale ? RunOutcome.MISSING : RunOutcome.read(r.folder(), r.expected()));
  }

  /** Whether a run needs nothing more from this comparison. */
  boolean over(Run run) {
    State state = of(run).state();
    return state.settled() || state == State.FAILED;
  }

  /** Takes note of what came of a run. */
  void put(Run run, RunOutcome outcome) {
    known.put(run, outcome);
  }

  /** All that were asked for. */
  Map<Run, RunOutcome> known() {
    return known;
  }

  /** Lets a trial stand as another run, too. */
  void copy(Run trial, Run run) throws IOException {
    Files.createDirectories(run.folder());
    Files.deleteIfExists(run.folder().resolve(RunResults.FILE));
    // The results last: without them the run does not count.
    for (String name : List.of(Comparison.LOG, RunFolder.CONFIG_FILE, RunResults.FILE)) {
      Path from = trial.folder().resolve(name);
      if (Files.exists(from)) {
        AtomicFile.write(run.folder().resolve(name), Files.readAllBytes(from));
      }
    }
    RunLogFiles.copy(trial.folder(), run.folder());
    put(run, RunOutcome.read(run.folder(), run.expected()));
  }

  /** Removes the results that do not count, so that they never will. */
  void forget(Path comparison) throws IOException {
    if (stale) {
      Leftovers.removeAll(comparison);
    }
  }
}
