package io.github.sgn4j.examples.results;

import io.github.sgn4j.examples.results.EqualSeconds.Method;
import io.github.sgn4j.examples.results.FinalLosses.Losses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables of {@link EqualSeconds}, in Markdown. */
public final class EqualSecondsReport {

  /** Names of methods that have learning rates, with what they are called. */
  private static final Map<String, String> TUNED =
      Map.of("sgd", "SGD", "momentum", "SGD, momentum 0.9", "adam", "Adam");

  private static final int GRID_SEED = 1;

  private final EqualSeconds runs;

  /** The report on these runs. */
  public EqualSecondsReport(EqualSeconds runs) {
    this.runs = runs;
  }

  /** Writes it. */
  public void write(Path file) {
    try {
      AtomicFile.write(file, toMarkdown().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OutputException("Cannot write " + file + ".", e);
    }
  }

  /** All tables. */
  public String toMarkdown() {
    return "# Methods at equal seconds\n\n"
        + "Each method trains for the same seconds of a task. Learning rates are chosen by the train"
        + " loss of seed "
        + GRID_SEED
        + " from the grid shown; the rate chosen runs with all seeds, as SGN does, which has nothing"
        + " to choose. Losses are over the whole train and test part. A method hands out the"
        + " polynomial-decay average of its iterates where its loss on ten train batches is lower"
        + " than the last iterate's, but where its name says no-averaging; in brackets the last iterate. Mean and sample standard"
        + " deviation over seeds.\n\n"
        + runs.tasks().stream().map(this::task).collect(Collectors.joining("\n"));
  }

  private String task(String task) {
    boolean classes = hasAccuracy(task);
    List<String> titles = new ArrayList<>(List.of("method", "train loss", "test loss"));
    if (classes) {
      titles.add("test accuracy");
    }
    titles.addAll(List.of("seconds", "steps", "runs", "diverged"));
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (String name : runs.methods(task)) {
      Optional<Method> method =
          TUNED.containsKey(name)
              ? runs.best(task, name, GRID_SEED)
              : Optional.of(new Method(name, "-"));
      method.ifPresent(found -> table.row(row(task, found, classes)));
    }
    return "## " + task + "\n\n" + table.toMarkdown() + "\n" + grid(task);
  }

  private boolean hasAccuracy(String task) {
    return runs.methods(task).stream()
        .flatMap(name -> runs.rates(task, name).stream())
        .flatMap(method -> EqualSeconds.finished(runs.of(task, method)).stream())
        .anyMatch(run -> run.finalLosses().last().testAcc() != null);
  }

  private String[] row(String task, Method method, boolean classes) {
    Map<Integer, RunResults> all = runs.of(task, method);
    List<RunResults> finished = EqualSeconds.finished(all);
    List<String> cells = new ArrayList<>();
    cells.add(title(method));
    cells.add(both(finished, Losses::trainLoss));
    cells.add(both(finished, Losses::testLoss));
    if (classes) {
      cells.add(both(finished, Losses::testAcc));
    }
    cells.add(mean(finished.stream().map(RunResults::totTime).toList()));
    cells.add(mean(finished.stream().map(run -> (double) run.totIterations()).toList()));
    cells.add(String.valueOf(all.size()));
    cells.add(String.valueOf(all.size() - finished.size()));
    return cells.toArray(String[]::new);
  }

  private static String title(Method method) {
    return TUNED.containsKey(method.name())
        ? TUNED.get(method.name()) + ", rate " + method.rate()
        : method.name();
  }

  /** Mean and deviation of what is handed out, and the mean of the last iterates. */
  private static String both(List<RunResults> finished, Function<Losses, Double> number) {
    List<Double> solutions =
        finished.stream().map(run -> known(number.apply(run.finalLosses().solution()))).toList();
    List<Double> last =
        finished.stream().map(run -> known(number.apply(run.finalLosses().last()))).toList();
    String deviation = solutions.size() < 2 ? "" : " ± " + Numbers.of(deviation(solutions));
    return mean(solutions) + deviation + " (" + mean(last) + ")";
  }

  private static Double known(Double value) {
    return value == null ? Double.valueOf(Double.NaN) : value;
  }

  private static String mean(List<Double> values) {
    return Numbers.of(
        values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
  }

  private static double deviation(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1));
  }

  private String grid(String task) {
    StringBuilder text = new StringBuilder();
    for (String name : runs.methods(task)) {
      if (TUNED.containsKey(name)) {
        text.append(text.isEmpty() ? "Train loss at seed " + GRID_SEED + " by rate: " : "; ")
            .append(TUNED.get(name))
            .append(' ')
            .append(
                runs.rates(task, name).stream()
                    .map(method -> method.rate() + " " + trainLoss(task, method))
                    .collect(Collectors.joining(", ")));
      }
    }
    return text.isEmpty() ? "" : text.append(".\n").toString();
  }

  private String trainLoss(String task, Method method) {
    RunResults run = runs.of(task, method).get(GRID_SEED);
    return run == null || EqualSeconds.finished(Map.of(GRID_SEED, run)).isEmpty()
        ? "diverged"
        : Numbers.of(run.finalLosses().solution().trainLoss());
  }
}
