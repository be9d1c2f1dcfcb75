package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.DataFolder;
import io.github.sgn4j.examples.data.MnistData;
import io.github.sgn4j.examples.results.ExampleModels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sgn example-models}: makes the table of {@code results/example-models.md}. */
@Command(
    name = "example-models",
    hidden = true,
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description =
        "Trains Deeplearning4j's two example networks on MNIST, as documented and by SGN, and prints"
            + " a table.")
final class ExampleModelsCommand implements Callable<Integer> {

  private final Console console;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder of the data sets; as for mlp.")
  private Path dataDir;

  ExampleModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DataFolder folder = DataFolder.find(dataDir, console.environment());
    ExampleModels models =
        new ExampleModels(MnistData.MNIST.rows(folder, DataType.FLOAT), console::note);
    console.line(models.table());
    return ExitStatus.DONE;
  }
}
