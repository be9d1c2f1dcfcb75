package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.FinalLosses;
import io.github.sgn4j.examples.results.FinalLosses.Losses;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import io.github.sgn4j.examples.results.SomeMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Makes runs, in memory and in folders. */
final class RunFiles {

  private RunFiles() {}

  /** A regression whose epochs take a second each, without final losses. */
  static RunResults regression(RunStatus status, double... losses) {
    List<Double> loss = DoubleStream.of(losses).boxed().toList();
    List<Double> seconds =
        IntStream.rangeClosed(1, losses.length).mapToObj(i -> (double) i).toList();
    return results(status, loss, loss.stream().map(x -> 2 * x).toList(), null, seconds, null);
  }

  /** A regression with final losses and SGN's steps, four an epoch. */
  static RunResults finished(double trainLoss, double testLoss, double... losses) {
    RunResults run = regression(RunStatus.DONE, losses);
    return results(
        RunStatus.DONE,
        run.avgLoss(),
        run.testLoss(),
        null,
        run.epochSeconds(),
        new FinalLosses(false, new Losses(trainLoss, null, testLoss, null), null));
  }

  /** A classification. */
  static RunResults classification(double trainLoss, double accuracy) {
    return results(
        RunStatus.DONE,
        List.of(1.0, trainLoss),
        null,
        List.of(0.5, accuracy),
        List.of(1.0, 2.0),
        null);
  }

  static RunResults results(
      RunStatus status,
      List<Double> avgLoss,
      List<Double> testLoss,
      List<Double> testAcc,
      List<Double> seconds,
      FinalLosses losses) {
    int epochs = avgLoss.size();
    int steps = 4 * epochs;
    return new RunResults(
        status,
        avgLoss,
        testAcc,
        testLoss,
        Collections.nCopies(epochs, Double.NaN),
        seconds,
        epochs == 0 ? 0 : seconds.get(epochs - 1),
        steps,
        epochs,
        IntStream.range(0, steps).mapToObj(i -> Math.pow(0.9, i)).toList(),
        Collections.nCopies(steps, 1.0),
        Collections.nCopies(steps, 10),
        losses,
        SomeMachine.ENVIRONMENT);
  }

  /** A configuration on Boston; further options as keys and values. */
  static Map<String, Object> config(String solver, int seed, Object... more) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("command", "mlp");
    config.put("dataset", "boston");
    config.put("layers", List.of(100, 100));
    config.put("activation", "sigmoid");
    config.put("solver", solver);
    config.put("seed", seed);
    config.put("batch_size", 101);
    for (int i = 0; i < more.length; i += 2) {
      config.put((String) more[i], more[i + 1]);
    }
    return config;
  }

  /** A run in memory. */
  static FoundRun run(Map<String, Object> config, RunResults results) {
    return new FoundRun("folder", java.util.Optional.empty(), config, results);
  }

  /** Writes a run. */
  static void write(Path folder, Map<String, Object> config, RunResults results) {
    try {
      Files.createDirectories(folder);
      JsonFiles.write(folder.resolve("config.json"), config);
      JsonFiles.write(folder.resolve("results.json"), results);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
