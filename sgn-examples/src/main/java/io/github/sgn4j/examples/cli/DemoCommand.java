package io.github.sgn4j.examples.cli;

import io.github.sgn4j.examples.data.BostonData;
import io.github.sgn4j.examples.data.TrainTest;
import io.github.sgn4j.examples.model.Mlp;
import io.github.sgn4j.examples.model.MlpNetwork;
import io.github.sgn4j.examples.results.LossFigure;
import io.github.sgn4j.examples.results.Numbers;
import io.github.sgn4j.examples.results.OutputException;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.TextTable;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.NonFiniteException;
import io.github.sgn4j.optimizer.SgdOptions;
import io.github.sgn4j.optimizer.SgnOptions;
import io.github.sgn4j.samediff.SameDiffObjective;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sgn demo}: SGN beside SGD on the bundled data, each for the same few seconds. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = SgnCommand.VersionProvider.class,
    description = {
      "Trains a small network on the bundled Boston data with SGN, and with SGD at three learning"
          + " rates, each for the same time; prints a table and draws loss against seconds into"
          + " demo.png. Takes half a minute.",
      "The Boston data hold a variable built on a racist assumption; they serve only to compare with"
          + " the published runs."
    })
final class DemoCommand implements Callable<Integer> {

  private static final String FIGURE = "demo.png";
  private static final double SECONDS_EACH = 3;
  private static final double[] LEARNING_RATES = {0.01, 0.1, 1};
  private static final List<Integer> LAYERS = List.of(100, 100);
  private static final int BATCH_SIZE = 101;
  private static final long SEED = 1;

  /** The Java compiler does most of its work within these; nobody is charged for them. */
  private static final int WARM_UP_EPOCHS = 5;

  private final Console console;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/demo",
      description = "Where " + FIGURE + " goes. Default ${DEFAULT-VALUE}.")
  private Path out;

  /** What a solver is called, and how it is made. */
  private record Contender(String name, OptimizerFactory optimizer, double averaging) {}

  /** What came of it. */
  private static final class Outcome implements TrainingListener {
    private final List<EpochReport> epochs = new ArrayList<>();
    private boolean diverged;

    @Override
    public void onEpoch(EpochReport report) {
      epochs.add(report);
    }
  }

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (out.toString().isBlank()) {
      throw new InputException("--out is empty; name a folder.");
    }
    RunFolder.checkWritable(out);
    TrainTest data = BostonData.bundled(DataType.FLOAT);
    TextTable table = new TextTable("solver", "train loss", "test loss", "epochs", "seconds");
    LossFigure figure =
        new LossFigure("Boston, MLP 13-100-100-1", "train loss (mean squared error)");
    for (Contender contender : contenders()) {
      if (!console.isTerminal()) {
        console.line(contender.name());
      }
      Outcome outcome = train(contender, data);
      table.row(row(contender.name(), outcome));
      figure.curve(
          contender.name() + (outcome.diverged ? " (diverged)" : ""),
          outcome.epochs.stream().map(EpochReport::trainingSeconds).toList(),
          outcome.epochs.stream().map(EpochReport::avgLoss).toList());
    }
    console.line("");
    console.out().print(table.toText());
    console.line("");
    Path file = out.resolve(FIGURE);
    createFolder();
    figure.writePng(file);
    console.line("Loss against seconds: " + file);
    return ExitStatus.DONE;
  }

  private static List<Contender> contenders() {
    List<Contender> contenders = new ArrayList<>();
    SgnOptions defaults = SgnOptions.defaults();
    contenders.add(new Contender("SGN", OptimizerFactory.sgn(defaults), defaults.averaging()));
    for (double rate : LEARNING_RATES) {
      contenders.add(
          new Contender(
              "SGD, lr " + (rate == 1 ? "1" : String.valueOf(rate)),
              OptimizerFactory.sgd(SgdOptions.builder().learningRate(rate).build()),
              0));
    }
    return contenders;
  }

  private static TrainingJob job(Contender contender, TrainTest data, int epochs) {
    return new TrainingJob(
        data,
        new MlpNetwork(data.features(), LAYERS, data.outputs(), Mlp.INITIAL_SEED),
        Precision.FLOAT,
        contender.optimizer(),
        0,
        BATCH_SIZE,
        SEED,
        epochs,
        SECONDS_EACH,
        contender.averaging(),
        Resources.DEFAULT);
  }

  private Outcome train(Contender contender, TrainTest data) {
    try (SameDiffObjective objective = job(contender, data, WARM_UP_EPOCHS).objective()) {
      job(contender, data, WARM_UP_EPOCHS).train(objective, List.of());
    } catch (NonFiniteException e) {
      // Seen again, and reported, in the run that counts.
    }
    TrainingJob job = job(contender, data, Integer.MAX_VALUE);
    RunPlan plan =
        new RunPlan(
            contender.name(), data.task(), job.epochs(), job.stepsPerEpoch(), job.maxSeconds());
    Outcome outcome = new Outcome();
    try (SameDiffObjective objective = job.objective();
        Progress progress = Progress.of(console, plan, false)) {
      job.train(objective, List.of(outcome, progress));
    } catch (NonFiniteException e) {
      outcome.diverged = true;
    }
    return outcome;
  }

  private static String[] row(String name, Outcome outcome) {
    int count = outcome.epochs.size();
    if (outcome.diverged || count == 0) {
      return new String[] {name, "diverged", "diverged", String.valueOf(count), "-"};
    }
    EpochReport last = outcome.epochs.get(count - 1);
    return new String[] {
      name,
      Numbers.of(last.avgLoss()),
      Numbers.of(last.evaluation().loss()),
      String.valueOf(count),
      Numbers.seconds(last.trainingSeconds())
    };
  }

  private void createFolder() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new OutputException("Cannot write to " + out + ".", e);
    }
  }
}
