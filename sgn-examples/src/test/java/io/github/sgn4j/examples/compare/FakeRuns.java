package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.results.FinalLosses;
import io.github.sgn4j.examples.results.FinalLosses.Losses;
import io.github.sgn4j.examples.results.JsonFiles;
import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunResults;
import io.github.sgn4j.examples.results.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Runs without processes: the train loss is a function of the options, with its minimum at a
 * learning rate of 0.03; from 10 on they diverge.
 */
final class FakeRuns implements Launcher, Rehearsal, ComparisonListener {

  final List<String> started = new ArrayList<>();
  final List<String> lines = new ArrayList<>();

  /** Runs, by their arguments, that crash. */
  Predicate<List<String>> crash = arguments -> false;

  /** What happens in place of a run's end, if it is not null. */
  Runnable instead;

  /** What happens after a run's end, while its process is still there. */
  Runnable afterwards = () -> {};

  /** Learning rates above are refused. */
  double most = Double.POSITIVE_INFINITY;

  @Override
  public Map<String, ?> config(List<String> arguments) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("command", arguments.get(0));
    for (String argument : arguments.subList(1, arguments.size())) {
      String[] parts = argument.split("=", 2);
      if (!parts[0].equals("--out") && !parts[0].equals("--force")) {
        String name = parts[0].substring(2).replace('-', '_');
        config.put(name, parts.length == 1 ? "true" : parts[1]);
      }
    }
    config.put("seed", Integer.valueOf((String) config.get("seed")));
    if (rate(config) > most) {
      throw new GridException("--lr is out of range.");
    }
    return config;
  }

  private static double rate(Map<String, Object> config) {
    return Double.parseDouble((String) config.getOrDefault("lr", "0.03"));
  }

  @Override
  public int run(List<String> arguments, Path log) throws IOException {
    Path folder = log.getParent();
    started.add(folder.getParent().getFileName() + "/" + folder.getFileName());
    Files.writeString(log, "trains\n");
    if (crash.test(arguments)) {
      return 134;
    }
    Map<String, Object> config = new LinkedHashMap<>(config(arguments));
    JsonFiles.write(folder.resolve(RunFolder.CONFIG_FILE), config);
    if (instead != null) {
      JsonFiles.write(folder.resolve(RunResults.FILE), results(RunStatus.RUNNING, null));
      instead.run();
      return 143;
    }
    double rate = rate(config);
    boolean diverges = rate >= 10;
    double loss = 1 + Math.abs(Math.log10(rate / 0.03)) + 0.25 * (int) config.get("seed");
    JsonFiles.write(
        folder.resolve(RunResults.FILE),
        diverges
            ? results(RunStatus.NON_FINITE, null)
            : results(
                RunStatus.DONE,
                new FinalLosses(false, new Losses(loss, null, 2 * loss, null), null)));
    afterwards.run();
    return diverges ? 3 : 0;
  }

  private static RunResults results(RunStatus status, FinalLosses losses) {
    return new RunResults(
        status,
        List.of(0.5),
        null,
        List.of(0.5),
        List.of(0.5),
        List.of(2.0),
        5,
        40,
        8,
        null,
        null,
        null,
        losses,
        null);
  }

  @Override
  public void stop() {}

  @Override
  public void started(Run run, int done, int total, OptionalDouble secondsLeft) {
    lines.add("> " + run.label() + " " + done + "/" + total);
  }

  @Override
  public void ended(Run run, RunOutcome outcome, int done, int total, OptionalDouble left) {
    lines.add("< " + outcome.state() + " " + done + "/" + total);
  }
}
