package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.Version;
import io.github.sgn4j.examples.compare.Budget;
import io.github.sgn4j.examples.compare.Comparison;
import io.github.sgn4j.examples.compare.Comparison.Failure;
import io.github.sgn4j.examples.compare.Grid;
import io.github.sgn4j.examples.compare.Launcher;
import io.github.sgn4j.examples.compare.Plan;
import io.github.sgn4j.examples.compare.ProcessLauncher;
import io.github.sgn4j.examples.compare.Run;
import io.github.sgn4j.examples.compare.Summary;
import io.github.sgn4j.examples.compare.SummaryTables;
import io.github.sgn4j.examples.results.RunFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sgn compare}: solvers with their options, over seeds, each with the same budget. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = SgnCommand.VersionProvider.class,
    customSynopsis = {
      "./sgn compare --preset NAME [OPTION]...",
      "./sgn compare --grid FILE [OPTION]...",
      "./sgn compare --csv FILE --target COLUMN --task classification|regression [OPTION]..."
    },
    description = {
      "Trains a network on one data set by several solvers and seeds, each run for the same seconds"
          + " or epochs and in a process of its own, and writes a table of means, deviations and"
          + " diverged runs.",
      "The same command again goes on where it was ended: finished runs are kept. More seeds or"
          + " configurations add to them."
    })
final class CompareCommand implements Callable<Integer> {

  private static final int DEFAULT_SEEDS = 5;
  private static final int LINES_OF_LOG = 5;

  private final Console console;

  @Mixin private CompareSource source;

  @Option(
      names = "--seconds",
      order = 3,
      paramLabel = "S",
      converter = Ranges.Positive.class,
      description = "Seconds of training of each run. Default: the grid's.")
  private Double seconds;

  @Option(
      names = "--epochs",
      order = 4,
      paramLabel = "N",
      converter = Ranges.Count.class,
      description = "Or epochs of each run.")
  private Integer epochs;

  @Option(
      names = "--seeds",
      order = 5,
      paramLabel = "N",
      converter = Ranges.Count.class,
      description = "Seeds 1 to N. Default: the grid's, else 5.")
  private Integer seeds;

  @Option(
      names = "--out",
      order = 6,
      paramLabel = "DIR",
      description =
          "Where compare.json, summary.json, summary.md and runs/ go. Default runs/compare-<name>.")
  private Path out;

  @Option(
      names = "--data-dir",
      order = 7,
      paramLabel = "DIR",
      description = "Folder of data sets, as for ./sgn mlp.")
  private Path dataDir;

  @Option(
      names = "--force",
      order = 8,
      description =
          "Replace another comparison in that folder: runs that still fit are kept, the others made"
              + " again.")
  private boolean force;

  @Option(
      names = "--dry-run",
      order = 9,
      description = "Check everything and list the runs, with the time that they will take.")
  private boolean dryRun;

  @Option(
      names = "--print-grid",
      order = 10,
      description = "Print the preset's grid file, as a start for one of your own.")
  private boolean printGrid;

  private Plan plan;
  private Path folder;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (printGrid) {
      console.out().print(new String(source.presetText(), StandardCharsets.UTF_8));
      return ExitStatus.DONE;
    }
    source.check();
    if (seconds != null && epochs != null) {
      throw new InputException("--seconds and --epochs exclude each other: one budget for all.");
    }
    Comparison comparison = prepare();
    return dryRun ? list(comparison) : run(comparison);
  }

  private Comparison prepare() {
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    Console quiet =
        new Console(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(notes, true, StandardCharsets.UTF_8),
            console.environment(),
            0);
    CommandLine line = SgnCommand.commandLine(quiet);
    TrainOptions catalog = new TrainOptions(line);
    Grid grid = source.grid(catalog);
    String name = grid.name() == null ? source.name() : grid.name();
    folder = folder(name);
    RunFolder.checkWritable(folder);
    Plan wanted =
        Plan.of(
            grid,
            name,
            source.files().sums(grid.data()),
            budget(grid),
            seeds != null ? seeds : grid.seeds() != null ? grid.seeds() : DEFAULT_SEEDS);
    List<String> extra = new ArrayList<>();
    // A run is made again rather than continued: nothing is saved within its timed seconds.
    extra.add("--checkpoint-every=0");
    if (dataDir != null) {
      extra.add("--data-dir=" + dataDir);
    }
    Comparison comparison =
        Comparison.prepare(
            folder, wanted, source.files(), catalog, extra, new RunRehearsal(line, folder), force);
    plan = comparison.plan();
    notes.toString(StandardCharsets.UTF_8).lines().distinct().forEach(console::note);
    if (!Version.current().equals(plan.sgn4j())) {
      console.note(
          "Note: SGN4J %s began this comparison, further runs are %s's. For runs of one version"
                  .formatted(plan.sgn4j(), Version.current())
              + " name another folder with --out.");
    }
    return comparison;
  }

  private Path folder(String name) {
    if (out == null) {
      return Path.of("runs", "compare-" + name.replaceAll("[^\\p{Alnum}._-]+", "-"));
    }
    if (out.toString().isBlank()) {
      throw new InputException("--out is empty; name a folder.");
    }
    return out;
  }

  private Budget budget(Grid grid) {
    if (seconds != null) {
      return Budget.ofSeconds(seconds);
    }
    if (epochs != null) {
      return Budget.ofEpochs(epochs);
    }
    if (grid.budget() == null) {
      throw new InputException(
          "There is no budget: give --seconds S or --epochs N, or one of them in the grid.");
    }
    return grid.budget();
  }

  private int list(Comparison comparison) {
    List<Run> pending = comparison.pending();
    pending.forEach(run -> console.line(run.label() + "  " + run.folder()));
    console.line(
        pending.size()
            + " runs of "
            + plan.budget().text()
            + " to make, "
            + comparison.done()
            + " there; time: "
            + CompareProgress.duration(comparison.secondsLeft())
            + (plan.configurations().stream().anyMatch(c -> c.tune() != null)
                ? ", more where the best value lies at an end"
                : ""));
    return ExitStatus.DONE;
  }

  private int run(Comparison comparison) {
    // The data that the check has read are not needed any more, and their runs want the memory.
    System.gc();
    Launcher launcher = new ProcessLauncher(Main.class);
    Thread onInterrupt = new Thread(() -> interrupted(comparison, launcher), "interrupted");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    List<Failure> failures;
    int pending = comparison.pending().size();
    console.line(
        plan.name()
            + ": "
            + pending
            + " runs of "
            + plan.budget().text()
            + " to make, "
            + comparison.done()
            + " there; time: "
            + CompareProgress.duration(comparison.secondsLeft()));
    try (CompareProgress progress =
        CompareProgress.of(console, plan.budget(), comparison.done(), pending)) {
      failures = comparison.run(launcher, progress);
    } finally {
      release(onInterrupt);
    }
    if (comparison.stopped()) {
      return ExitStatus.INTERRUPTED;
    }
    console.line("");
    console.out().print(new SummaryTables(comparison.summary()).toText());
    console.line("");
    console.line(
        "Written: " + folder.resolve(Summary.TABLES) + ", " + folder.resolve(Summary.FILE));
    failures.forEach(this::tell);
    return failures.isEmpty() ? ExitStatus.DONE : ExitStatus.DEFECT;
  }

  private void tell(Failure failure) {
    Path log = failure.run().folder().resolve(Comparison.LOG);
    console.note(
        failure.run().label() + " failed, exit status " + failure.status() + "; from " + log + ":");
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.toList();
      all.subList(Math.max(0, all.size() - LINES_OF_LOG), all.size())
          .forEach(line -> console.note("  " + line));
    } catch (IOException e) {
      console.note("  (nothing was written)");
    }
    console.note("The same command makes it again.");
  }

  private void interrupted(Comparison comparison, Launcher launcher) {
    comparison.stop(launcher);
    console.note("");
    console.note(
        "Interrupted. Finished runs are in "
            + folder
            + "; the same command goes on with the others.");
  }

  private static void release(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook has its say.
      return;
    }
  }
}
