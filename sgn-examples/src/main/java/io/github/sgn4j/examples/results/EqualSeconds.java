package io.github.sgn4j.examples.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs of several methods on several tasks, each for the same seconds of its task: a folder of runs
 * that are called TASK_METHOD_RATE_SEED.
 */
public final class EqualSeconds {

  private static final Pattern NAME = Pattern.compile("([a-z0-9-]+)_([a-z0-9-]+)_([^_]+)_(\\d+)");

  /**
   * A method with its learning rate on a task.
   *
   * @param name such as adam
   * @param rate such as 0.01; "-" where there is none
   */
  public record Method(String name, String rate) {

    private double order() {
      return rate.equals("-") ? 0 : Double.parseDouble(rate);
    }
  }

  private final Map<String, Map<Method, Map<Integer, RunResults>>> runs = new TreeMap<>();

  /**
   * Reads the runs that came to an end.
   *
   * @throws OutputException if the folder cannot be read
   */
  public static EqualSeconds read(Path folder) {
    EqualSeconds all = new EqualSeconds();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path run : entries.sorted().toList()) {
        Matcher matcher = NAME.matcher(run.getFileName().toString());
        if (matcher.matches()) {
          Optional<RunResults> results = results(run);
          results.ifPresent(r -> all.add(matcher, r));
        }
      }
    } catch (IOException e) {
      throw new OutputException("Cannot read the runs in " + folder + ".", e);
    }
    return all;
  }

  private static Optional<RunResults> results(Path run) throws IOException {
    try {
      RunResults results = RunResults.read(run);
      boolean ended =
          results.status() == RunStatus.DONE || results.status() == RunStatus.NON_FINITE;
      return ended ? Optional.of(results) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void add(Matcher name, RunResults results) {
    Comparator<Method> order = Comparator.comparing(Method::name).thenComparing(Method::order);
    runs.computeIfAbsent(name.group(1), task -> new TreeMap<>(order))
        .computeIfAbsent(new Method(name.group(2), name.group(3)), method -> new TreeMap<>())
        .put(Integer.valueOf(name.group(4)), results);
  }

  /** Tasks, by name. */
  public List<String> tasks() {
    return List.copyOf(runs.keySet());
  }

  /** Names of a task's methods. */
  public List<String> methods(String task) {
    return of(task).keySet().stream().map(Method::name).distinct().toList();
  }

  /** A task's methods with their rates, in order. */
  public List<Method> rates(String task, String name) {
    return of(task).keySet().stream().filter(method -> method.name().equals(name)).toList();
  }

  /** The runs of a method, by seed. */
  public Map<Integer, RunResults> of(String task, Method method) {
    return of(task).getOrDefault(method, Map.of());
  }

  private Map<Method, Map<Integer, RunResults>> of(String task) {
    return runs.getOrDefault(task, Map.of());
  }

  /**
   * The rate with which a method had the lowest train loss at that seed; empty if it never came to
   * its end.
   */
  public Optional<Method> best(String task, String name, int seed) {
    Map<Method, Double> losses = new LinkedHashMap<>();
    for (Method method : rates(task, name)) {
      RunResults run = of(task, method).get(seed);
      if (run != null && run.finalLosses() != null) {
        Double loss = run.finalLosses().solution().trainLoss();
        // Null is what a number that is not finite was written as.
        if (loss != null && Double.isFinite(loss)) {
          losses.put(method, loss);
        }
      }
    }
    return losses.entrySet().stream().min(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** The runs of several seeds that came to their end with numbers. */
  static List<RunResults> finished(Map<Integer, RunResults> bySeed) {
    List<RunResults> finished = new ArrayList<>();
    for (RunResults run : bySeed.values()) {
      FinalLosses losses = run.finalLosses();
      if (losses != null
          && losses.solution().trainLoss() != null
          && Double.isFinite(losses.solution().trainLoss())) {
        finished.add(run);
      }
    }
    return finished;
  }
}
