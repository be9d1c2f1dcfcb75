package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.TrainTest;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.examples.model.MlpNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code ./sgn mlp}: trains the published runs' multi-layer perceptron. */
@Command(
    name = "mlp",
    customSynopsis = "./sgn mlp --dataset boston|sine|mnist|fashion [OPTION]...",
    description = {
      "Trains a multi-layer perceptron (sigmoid layers, linear output) as in the published runs of"
          + " SGN, and writes config.json and results.json into a folder.",
      "The Boston data hold a variable built on a racist assumption; they serve only to compare with"
          + " the published runs."
    })
final class MlpCommand extends TrainCommand {

  @Option(
      names = "--dataset",
      required = true,
      order = 0,
      paramLabel = "boston|sine|mnist|fashion",
      description =
          "Boston is bundled, sine is generated, MNIST and Fashion-MNIST are read from the data"
              + " folder.")
  private DataSet dataset;

  @Option(
      names = "--layers",
      order = 1,
      arity = "1..*",
      split = ",",
      paramLabel = "N...",
      hideParamSyntax = true,
      description = "Widths of the hidden layers. Default: boston 100 100, the others 20 20 20.")
  private List<String> layers;

  @Option(
      names = "--sine-frequency",
      order = 8,
      paramLabel = "NUMBER",
      defaultValue = "10",
      converter = Ranges.Positive.class,
      description = "Frequency of the sine; the published runs took 10 and 100. Default 10.")
  private double sineFrequency;

  private List<Integer> hidden;

  MlpCommand(Console console) {
    super(console);
  }

  @Override
  String datasetName() {
    return OptionText.of(dataset);
  }

  @Override
  int defaultBatchSize() {
    return dataset.batchSize();
  }

  @Override
  int defaultEpochs() {
    return dataset.epochs();
  }

  @Override
  void check(ParseResult given) {
    if (dataset != DataSet.SINE && given.hasMatchedOption("--sine-frequency")) {
      throw new InputException("Not for --dataset " + datasetName() + ": --sine-frequency.");
    }
    hidden = hiddenLayers();
  }

  @Override
  Problem load(DataFolder folder, DataType type) {
    TrainTest data = dataset.load(folder, sineFrequency, type);
    return new Problem(
        data, new MlpNetwork(data.features(), hidden, data.outputs(), Mlp.INITIAL_SEED));
  }

  @Override
  void describe(Map<String, Object> config) {
    if (dataset == DataSet.SINE) {
      config.put("sine_frequency", sineFrequency);
    }
    config.put("layers", hidden);
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
}
