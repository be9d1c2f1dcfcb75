package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.cli.SgnSettings.Preconditioner;
import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.model.ConvArchitecture;
import io.github.sgn4j.examples.model.ConvNet;
import java.nio.file.Path;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** {@code ./sgn convnet}: trains convolutional networks, the published runs' among them. */
@Command(
    name = "convnet",
    customSynopsis = "./sgn convnet --dataset mnist|fashion|cifar10 [OPTION]...",
    description = {
      "Trains a convolutional network on images, each channel of each image standardised, as in the"
          + " published runs of SGN, and writes config.json and results.json into a folder.",
    })
final class ConvNetCommand extends TrainCommand {

  private static final int BATCH_SIZE = 1000;
  private static final int EPOCHS = 10;

  @Option(
      names = "--dataset",
      required = true,
      order = 0,
      paramLabel = "mnist|fashion|cifar10",
      description = "MNIST, Fashion-MNIST or CIFAR-10, read from the data folder.")
  private ImageDataSet dataset;

  @Option(
      names = "--architecture",
      order = 1,
      paramLabel = "FILE|NAME",
      description =
          "A JSON file of layers (README.md describes it), or the name of a bundled one: fashion,"
              + " cifar10 (the published runs'), lenet5. Default: mnist lenet5, the others the one"
              + " of their name.")
  private String architecture;

  private ConvNet network;

  ConvNetCommand(Console console) {
    super(console);
  }

  @Override
  String datasetName() {
    return OptionText.of(dataset);
  }

  @Override
  int defaultBatchSize() {
    return BATCH_SIZE;
  }

  @Override
  int defaultEpochs() {
    return EPOCHS;
  }

  @Override
  void check(ParseResult given) {
    network =
        new ConvNet(architecture(), dataset.shape(), ImageDataSet.CLASSES, ConvNet.INITIAL_SEED);
    Preconditioner chosen = sgn().precond;
    if (chosen == Preconditioner.GGN_DIAGONAL || chosen == Preconditioner.EMPIRICAL_FISHER) {
      throw new InputException(
          "--precond " + chosen + " is for networks of dense layers alone; take hutchinson.");
    }
  }

  private ConvArchitecture architecture() {
    String chosen = architecture == null ? dataset.architecture() : architecture;
    if (chosen.isBlank()) {
      throw new InputException(
          "--architecture is empty; name a JSON file, or one of "
              + String.join(", ", ConvArchitecture.BUNDLED)
              + ".");
    }
    return ConvArchitecture.BUNDLED.contains(chosen)
        ? ConvArchitecture.bundled(chosen)
        : ConvArchitecture.read(Path.of(chosen));
  }

  @Override
  Problem load(DataFolder folder, DataType type) {
    return new Problem(dataset.load(folder, type), network);
  }

  @Override
  void describe(Map<String, Object> config) {
    config.put("architecture", network.architecture().name());
    config.putAll(network.architecture().toMap());
  }
}
