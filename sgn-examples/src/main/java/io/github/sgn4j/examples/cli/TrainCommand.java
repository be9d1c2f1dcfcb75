package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.TrainingData;
import io.github.sgn4j.examples.model.Network;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.optimizer.SolverKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * A command that trains a network on a data set: everything but which networks and which data sets
 * there are.
 */
@Command(
    mixinStandardHelpOptions = true,
    sortOptions = false,
    versionProvider = SgnCommand.VersionProvider.class)
abstract class TrainCommand implements Callable<Integer> {

  private static final String SCHEDULE_STEPS = "1000";

  /** What is trained on what. */
  record Problem(TrainingData data, Network network) {}

  @Spec private CommandSpec spec;

  private final Console console;

  @Option(
      names = "--solver",
      order = 2,
      paramLabel = "NAME",
      defaultValue = "SGN",
      description = "One of ${COMPLETION-CANDIDATES}. Default ${DEFAULT-VALUE}.")
  private Solver solver;

  @Option(
      names = "--epochs",
      order = 3,
      paramLabel = "N",
      converter = Ranges.Count.class,
      description =
          "Default: images 10, boston 26, sine 100, --csv 30; where --max-seconds is given, no"
              + " limit.")
  private Integer epochs;

  @Option(
      names = "--max-seconds",
      order = 4,
      paramLabel = "S",
      converter = Ranges.Positive.class,
      description = "End after so many seconds of training, evaluation not counted.")
  private Double maxSeconds;

  @Option(
      names = "--early-stopping",
      order = 4,
      paramLabel = "EPOCHS",
      converter = Ranges.Count.class,
      description =
          "End once the test accuracy (classes) or test loss (numbers) has not become better for so"
              + " many epochs; the best epoch's network is what counts then. Default: never.")
  private Integer patience;

  @Option(
      names = "--batch-size",
      order = 5,
      paramLabel = "N",
      converter = Ranges.Count.class,
      description =
          "Samples per step. Default 1000, boston 101, --csv a quarter of the train part, but from"
              + " 32 to 1000.")
  private Integer batchSize;

  @Option(
      names = "--seed",
      order = 6,
      paramLabel = "N",
      defaultValue = "1",
      converter = Ranges.Seed.class,
      description =
          "Shuffles the samples; initial weights are the same for every seed. Default"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--weight-decay",
      order = 7,
      paramLabel = "LAMBDA",
      defaultValue = "0",
      converter = Ranges.NonNegative.class,
      description =
          "Train on the loss plus LAMBDA/2 times the sum of all parameters' squares (L2 in the"
              + " loss, whatever the solver: not AdamW's decay). The train loss of epochs includes"
              + " it; test losses and the final losses in results.json do not. Default"
              + " ${DEFAULT-VALUE}.")
  private double weightDecay;

  @Option(
      names = "--averaging",
      order = 7,
      paramLabel = "ETA",
      converter = Ranges.NonNegative.class,
      description =
          "Exponent of the average of the iterates, which is handed out where its loss is lower; 0"
              + " for none. Default 8 for SGN with the default preset, else 0.")
  private Double averaging;

  @Option(
      names = "--precision",
      order = 7,
      paramLabel = "float|double",
      defaultValue = "float",
      description = "Default ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--data-dir",
      order = 9,
      paramLabel = "DIR",
      description =
          "Folder of data sets: mnist/ and fashion-mnist/ with their four IDX files each, gzip or"
              + " not; cifar10/ with cifar-10-batches-bin/ or cifar-10-binary.tar.gz. Default:"
              + " $SGN_DATA, else sgn4j in your cache folder.")
  private Path dataDir;

  @Option(
      names = "--out",
      order = 10,
      paramLabel = "DIR",
      description = "Where the results go. Default runs/<data>-<solver>-<seed>.")
  private Path out;

  @Option(
      names = "--force",
      order = 11,
      description = "Replace the results of an earlier run in that folder.")
  private boolean force;

  @Option(
      names = "--verbose",
      order = 12,
      description = "A line for every step; stack traces of errors.")
  private boolean verbose;

  @Option(
      names = "--k",
      order = 13,
      paramLabel = "STEP",
      defaultValue = SCHEDULE_STEPS,
      converter = Ranges.Count.class,
      description = "Last step of --rho-schedule and --scheduler. Default ${DEFAULT-VALUE}.")
  private int scheduleSteps;

  @Mixin(name = "checkpoints")
  private CheckpointSettings checkpoints;

  @Mixin(name = "logs")
  private LogSettings logs;

  @Mixin(name = "resources")
  private ResourceSettings resources;

  @Mixin(name = "sgn")
  private SgnSettings sgn;

  @Mixin(name = "first")
  private FirstOrderSettings firstOrder;

  private RunRehearsal rehearsal;

  TrainCommand(Console console) {
    this.console = console;
  }

  /** From now on goes no further than to where training would begin. */
  final void rehearse(RunRehearsal instead) {
    rehearsal = instead;
  }

  /** A command with its help in parts: common options, own data's, SGN's, the others'. */
  static CommandLine commandLine(TrainCommand trains) {
    CommandLine line = new CommandLine(trains);
    CommandSpec command = line.getCommandSpec();
    command
        .usageMessage()
        .sectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            help -> {
              List<OptionSpec> own = new ArrayList<>(command.options());
              List<OptionSpec> sgn = command.mixins().get("sgn").options();
              List<OptionSpec> first = command.mixins().get("first").options();
              CommandSpec csv = command.mixins().get("csv");
              own.removeAll(sgn);
              own.removeAll(first);
              if (csv != null) {
                own.removeAll(csv.options());
              }
              return help.optionListExcludingGroups(own)
                  + (csv == null
                      ? ""
                      : "\nFor data of your own:\n" + help.optionListExcludingGroups(csv.options()))
                  + "\nFor --solver SGN:\n"
                  + help.optionListExcludingGroups(sgn)
                  + "\nFor the other solvers:\n"
                  + help.optionListExcludingGroups(first);
            });
    return line;
  }

  /** Name of the data set that was chosen. */
  abstract String datasetName();

  /** Samples per step where nobody asks for another number. */
  abstract int defaultBatchSize();

  /** Epochs where neither epochs nor seconds are asked for. */
  abstract int defaultEpochs();

  /**
   * Checks the command's own options, before anything is read or written.
   *
   * @throws InputException if they are wrong, or do not go together
   */
  abstract void check(ParseResult given);

  /** SGN's options as they were given. */
  final SgnSettings sgn() {
    return sgn;
  }

  /** Reads or makes the data. */
  abstract Problem load(DataFolder folder, DataType type);

  /** Adds the command's own options to a run's configuration. */
  abstract void describe(Map<String, Object> config);

  @Override
  public final Integer call() {
    ParseResult given = spec.commandLine().getParseResult();
    OptionRules rules = new OptionRules(given, spec);
    rules.refuseForeign(solver);
    check(given);
    SgnOptions sgnOptions = SgnPresets.options(sgn, scheduleSteps);
    checkWeightDecay();
    RunFolder folder = folder(rules);
    DataFolder dataFolder = DataFolder.find(dataDir, console.environment());

    DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    Problem problem =
        rehearsal == null
            ? load(dataFolder, type)
            : rehearsal.problem(type, () -> load(dataFolder, type));
    SgnOptions settled = sgnOptions.forLoss(problem.data().task().lossFamily());
    rules.withoutEffect(settled, firstOrder).forEach(console::note);
    int batch =
        Math.min(batchSize == null ? defaultBatchSize() : batchSize, problem.data().trainSize());
    checkMatrix(settled, problem, batch);
    int mostEpochs =
        epochs != null ? epochs : maxSeconds != null ? Integer.MAX_VALUE : defaultEpochs();
    double seconds = maxSeconds == null ? Double.POSITIVE_INFINITY : maxSeconds;
    TrainingJob job =
        new TrainingJob(
            problem.data(),
            problem.network(),
            precision,
            optimizer(settled),
            weightDecay,
            batch,
            seed,
            mostEpochs,
            seconds,
            averaging(settled),
            resources.resources());
    if (rehearsal != null) {
      RecordedRun.checkSize(job);
      rehearsal.accept(config(job, settled));
      return ExitStatus.DONE;
    }
    RecordedRun.Description description =
        new RecordedRun.Description(
            datasetName(),
            solver,
            patience,
            logs,
            verbose,
            CommandText.toResume(spec.root().commandLine().getParseResult().originalArgs()));
    return new RecordedRun(
            console, job, folder, new RunCheckpoints(console, folder, checkpoints), description)
        .run(config(job, settled));
  }

  private RunFolder folder(OptionRules rules) {
    if (!checkpoints.resume()) {
      return RunFolder.at(outFolder(), force);
    }
    rules.refuse("--resume", Set.of("--force"));
    return RunFolder.existing(outFolder());
  }

  private void checkWeightDecay() {
    if (precision == Precision.FLOAT && weightDecay > Float.MAX_VALUE) {
      throw new InputException(
          "--weight-decay " + weightDecay + " is out of single precision's range.");
    }
  }

  /** The matrix of an exact solve and its factorisation are what may be too large. */
  private static void checkMatrix(SgnOptions options, Problem problem, int batch) {
    double order;
    if (options.solver() == SolverKind.DENSE) {
      order = problem.network().parameterCount();
    } else if (options.solver() == SolverKind.ROW_SPACE) {
      int all = options.curvatureSamples();
      order = (double) (all == 0 ? batch : Math.min(all, batch)) * problem.data().outputs();
    } else {
      return;
    }
    double needed = 2 * Double.BYTES * order * order;
    if (needed > Runtime.getRuntime().maxMemory()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--linear-solver %s: a matrix of %,.0f rows takes %.1f GB of Java's memory.%nTake cg,"
                  + " or for row-space a smaller --curvature-samples.",
              OptionText.of(options.solver()),
              order,
              needed / (1 << 30)));
    }
  }

  private double averaging(SgnOptions options) {
    if (averaging != null) {
      return averaging;
    }
    return solver == Solver.SGN ? options.averaging() : 0;
  }

  private OptimizerFactory optimizer(SgnOptions options) {
    return switch (solver) {
      case SGN -> OptimizerFactory.sgn(options);
      case SGD -> OptimizerFactory.sgd(firstOrder.toSgdOptions(scheduleSteps));
      default ->
          OptimizerFactory.updater(
              solver.updater(firstOrder.learningRate, firstOrder.momentum(solver)));
    };
  }

  private Path outFolder() {
    if (out == null) {
      return Path.of("runs", datasetName() + "-" + solver + "-" + seed);
    }
    if (out.toString().isBlank()) {
      throw new InputException("--out is empty; name a folder.");
    }
    return out;
  }

  private Map<String, Object> config(TrainingJob job, SgnOptions options) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("command", spec.name());
    config.put("dataset", datasetName());
    describe(config);
    config.put("solver", solver.name());
    config.put("epochs", job.epochs() == Integer.MAX_VALUE ? null : job.epochs());
    config.put("max_seconds", maxSeconds);
    config.put("early_stopping", patience);
    config.put("batch_size", job.batchSize());
    config.put("seed", seed);
    config.put("initial_seed", job.network().initialSeed());
    config.put("precision", OptionText.of(precision));
    config.put("weight_decay", job.weightDecay());
    config.put("averaging", job.averaging());
    resources.describe(config);
    if (solver == Solver.SGN) {
      SgnDescription.describe(config, sgn.preset, options);
    } else {
      firstOrder.describe(config, solver, scheduleSteps);
    }
    return config;
  }
}
