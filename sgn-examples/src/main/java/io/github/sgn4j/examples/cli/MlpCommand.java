package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.TrainTest;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.objective.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import picocli.CommandLine.TypeConversionException;

/** {@code ./sgn mlp}: trains the published runs' multi-layer perceptron. */
@Command(
    name = "mlp",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "./sgn mlp --dataset boston|sine|mnist [OPTION]...",
    versionProvider = SgnCommand.VersionProvider.class,
    description = {
      "Trains a multi-layer perceptron (sigmoid layers, linear output) as in the published runs of"
          + " SGN, and writes config.json and results.json into a folder.",
      "The Boston data hold a variable built on a racist assumption; they serve only to compare with"
          + " the published runs."
    })
final class MlpCommand implements Callable<Integer> {

  private static final String SCHEDULE_STEPS = "1000";

  @Spec private CommandSpec spec;

  private final Console console;

  @Option(
      names = "--dataset",
      required = true,
      order = 0,
      paramLabel = "boston|sine|mnist",
      description = "Boston is bundled, sine is generated, MNIST is read from the data folder.")
  private DataSet dataset;

  @Option(
      names = "--layers",
      order = 1,
      arity = "1..*",
      split = ",",
      paramLabel = "N...",
      hideParamSyntax = true,
      description =
          "Widths of the hidden layers. Default: boston 100 100, sine and mnist 20 20 20.")
  private List<String> layers;

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
          "Default: boston 26, sine 100, mnist 10; unlimited where --max-seconds is given.")
  private Integer epochs;

  @Option(
      names = "--max-seconds",
      order = 4,
      paramLabel = "S",
      converter = Ranges.Positive.class,
      description = "End after so many seconds of training, evaluation not counted.")
  private Double maxSeconds;

  @Option(
      names = "--batch-size",
      order = 5,
      paramLabel = "N",
      converter = Ranges.Count.class,
      description = "Samples per step. Default 1000, boston 101.")
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
      names = "--precision",
      order = 7,
      paramLabel = "float|double",
      defaultValue = "float",
      description = "Default ${DEFAULT-VALUE}.")
  private Precision precision;

  @Option(
      names = "--sine-frequency",
      order = 8,
      paramLabel = "NUMBER",
      defaultValue = "10",
      converter = Ranges.Positive.class,
      description = "Frequency of the sine; the published runs took 10 and 100. Default 10.")
  private double sineFrequency;

  @Option(
      names = "--data-dir",
      order = 9,
      paramLabel = "DIR",
      description =
          "Folder of data sets: mnist/ with its four IDX files, gzip or not. Default: $SGN_DATA,"
              + " else sgn4j in your cache folder.")
  private Path dataDir;

  @Option(
      names = "--out",
      order = 10,
      paramLabel = "DIR",
      description = "Where the results go. Default runs/<dataset>-<solver>-<seed>.")
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

  @Mixin(name = "sgn")
  private SgnSettings sgn;

  @Mixin(name = "first")
  private FirstOrderSettings firstOrder;

  MlpCommand(Console console) {
    this.console = console;
  }

  /** The command with its help in three parts: common options, SGN's, the others'. */
  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new MlpCommand(console));
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
              own.removeAll(sgn);
              own.removeAll(first);
              return help.optionListExcludingGroups(own)
                  + "\nFor --solver SGN:\n"
                  + help.optionListExcludingGroups(sgn)
                  + "\nFor the other solvers:\n"
                  + help.optionListExcludingGroups(first);
            });
    return line;
  }

  @Override
  public Integer call() {
    ParseResult given = spec.commandLine().getParseResult();
    OptionRules rules = new OptionRules(given, spec);
    rules.refuseForeign(solver, dataset);
    List<Integer> hidden = hiddenLayers();
    OptimizerFactory optimizer = optimizer();
    RunFolder folder = RunFolder.at(outFolder(), force);
    DataFolder dataFolder = DataFolder.find(dataDir, console.environment());
    rules.withoutEffect(sgn, firstOrder).forEach(console::note);

    DataType type = precision == Precision.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
    TrainTest data = dataset.load(dataFolder, sineFrequency, type);
    int batch = Math.min(batchSize == null ? dataset.batchSize() : batchSize, data.train().size());
    int mostEpochs =
        epochs != null ? epochs : maxSeconds != null ? Integer.MAX_VALUE : dataset.epochs();
    double seconds = maxSeconds == null ? Double.POSITIVE_INFINITY : maxSeconds;
    TrainingJob job =
        new TrainingJob(
            data, hidden, Mlp.INITIAL_SEED, precision, optimizer, batch, seed, mostEpochs, seconds);
    return new RecordedRun(console, job, folder, OptionText.of(dataset), solver, verbose)
        .run(config(hidden, batch, mostEpochs));
  }

  /**
   * The widths as numbers. Not by picocli: of several values it takes those that it can convert and
   * then calls the next one an unknown argument, whatever is wrong with it.
   */
  private List<Integer> hiddenLayers() {
    if (layers == null) {
      return dataset.layers();
    }
    Ranges.Count width = new Ranges.Count();
    List<Integer> widths = new ArrayList<>();
    for (String text : layers) {
      try {
        widths.add(width.convert(text));
      } catch (TypeConversionException e) {
        throw new InputException("Invalid value for option '--layers': " + e.getMessage());
      }
    }
    return widths;
  }

  private OptimizerFactory optimizer() {
    return switch (solver) {
      case SGN -> OptimizerFactory.sgn(sgn.toOptions(scheduleSteps));
      case SGD -> OptimizerFactory.sgd(firstOrder.toSgdOptions(scheduleSteps));
      default ->
          OptimizerFactory.updater(
              solver.updater(firstOrder.learningRate, firstOrder.momentum(solver)));
    };
  }

  private Path outFolder() {
    if (out == null) {
      return Path.of("runs", OptionText.of(dataset) + "-" + solver + "-" + seed);
    }
    if (out.toString().isBlank()) {
      throw new InputException("--out is empty; name a folder.");
    }
    return out;
  }

  private Map<String, Object> config(List<Integer> hidden, int batch, int mostEpochs) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("command", "mlp");
    config.put("dataset", OptionText.of(dataset));
    if (dataset == DataSet.SINE) {
      config.put("sine_frequency", sineFrequency);
    }
    config.put("layers", hidden);
    config.put("solver", solver.name());
    config.put("epochs", mostEpochs == Integer.MAX_VALUE ? null : mostEpochs);
    config.put("max_seconds", maxSeconds);
    config.put("batch_size", batch);
    config.put("seed", seed);
    config.put("initial_seed", Mlp.INITIAL_SEED);
    config.put("precision", OptionText.of(precision));
    if (solver == Solver.SGN) {
      sgn.describe(config, scheduleSteps);
    } else {
      firstOrder.describe(config, solver, scheduleSteps);
    }
    return config;
  }
}
