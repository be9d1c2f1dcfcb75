package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.TabularData;
import io.github.sgn4j.examples.data.TrainTest;
import io.github.sgn4j.examples.model.Activation;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.examples.model.MlpNetwork;
import io.github.sgn4j.examples.model.WeightInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code ./sgn mlp}: trains the published runs' multi-layer perceptron. */
@Command(
    name = "mlp",
    customSynopsis = {
      "./sgn mlp --dataset boston|sine|mnist|fashion [OPTION]...",
      "./sgn mlp --csv FILE --target COLUMN --task classification|regression [OPTION]..."
    },
    description = {
      "Trains a multi-layer perceptron (sigmoid layers, linear output) as in the published runs of"
          + " SGN, or on a table of your own, and writes config.json and results.json into a"
          + " folder.",
      "The Boston data hold a variable built on a racist assumption; they serve only to compare with"
          + " the published runs."
    })
final class MlpCommand extends TrainCommand {

  @Option(
      names = "--dataset",
      order = 0,
      paramLabel = "boston|sine|mnist|fashion",
      description =
          "Boston is bundled, sine is generated, MNIST and Fashion-MNIST are read from the data"
              + " folder. Or --csv, for data of your own.")
  private DataSet dataset;

  @Option(
      names = "--layers",
      order = 1,
      arity = "1..*",
      split = ",",
      paramLabel = "N...",
      hideParamSyntax = true,
      description =
          "Widths of the hidden layers. Default: boston 100 100, --csv 32 32, the others 20 20"
              + " 20.")
  private List<String> layers;

  @Option(
      names = "--activation",
      order = 1,
      paramLabel = "sigmoid|tanh|relu",
      defaultValue = "sigmoid",
      description = "Of the hidden layers. Default ${DEFAULT-VALUE}.")
  private Activation activation;

  @Option(
      names = "--init",
      order = 1,
      paramLabel = "normal|xavier",
      defaultValue = "normal",
      description =
          "Initial weights: from N(0, 1) as published, or scaled by the layer's widths. Default"
              + " ${DEFAULT-VALUE}.")
  private WeightInit init;

  @Option(
      names = "--sine-frequency",
      order = 8,
      paramLabel = "NUMBER",
      defaultValue = "10",
      converter = Ranges.Positive.class,
      description = "Frequency of the sine; the published runs took 10 and 100. Default 10.")
  private double sineFrequency;

  @Mixin(name = "csv")
  private CsvSettings csv;

  private final Console console;
  private List<Integer> hidden;
  private TabularData table;

  MlpCommand(Console console) {
    super(console);
    this.console = console;
  }

  @Override
  String datasetName() {
    return csv.chosen() ? csv.name() : OptionText.of(dataset);
  }

  @Override
  int defaultBatchSize() {
    return csv.chosen() ? CsvDefaults.batchSize(table.data().trainSize()) : dataset.batchSize();
  }

  @Override
  int defaultEpochs() {
    return csv.chosen() ? CsvDefaults.EPOCHS : dataset.epochs();
  }

  @Override
  void check(ParseResult given) {
    if ((dataset == null) == !csv.chosen()) {
      throw new InputException(
          (dataset == null ? "Name the data" : "--dataset and --csv exclude each other")
              + ": --dataset boston|sine|mnist|fashion,\nor --csv FILE --target COLUMN --task"
              + " classification|regression for data of your own.");
    }
    OptionRules rules = new OptionRules(given, given.commandSpec());
    if (csv.chosen()) {
      rules.refuse("--csv", Set.of("--data-dir", "--sine-frequency"));
      csv.check();
    } else {
      rules.refuseMixin("--dataset " + datasetName(), "csv");
      if (dataset != DataSet.SINE) {
        rules.refuse("--dataset " + datasetName(), Set.of("--sine-frequency"));
      }
    }
    hidden = hiddenLayers();
  }

  @Override
  Problem load(DataFolder folder, DataType type) {
    TrainTest data;
    if (csv.chosen()) {
      table = TabularData.read(csv.options(), type);
      table.notes().forEach(note -> console.note("Note: " + note));
      data = table.data();
    } else {
      data = dataset.load(folder, sineFrequency, type);
    }
    return new Problem(
        data,
        new MlpNetwork(
            data.features(),
            hidden,
            data.outputs(),
            activation,
            new Mlp.Weights(init, Mlp.INITIAL_SEED)));
  }

  @Override
  void describe(Map<String, Object> config) {
    if (dataset == DataSet.SINE) {
      config.put("sine_frequency", sineFrequency);
    }
    if (csv.chosen()) {
      config.putAll(table.description());
    }
    config.put("layers", hidden);
    config.put("activation", OptionText.of(activation));
    config.put("init", OptionText.of(init));
  }

  /**
   * The widths as numbers. Not by picocli: of several values it takes those that it can convert and
   * then calls the next one an unknown argument, whatever is wrong with it.
   */
  private List<Integer> hiddenLayers() {
    if (layers == null) {
      return csv.chosen() ? CsvDefaults.LAYERS : dataset.layers();
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
}
