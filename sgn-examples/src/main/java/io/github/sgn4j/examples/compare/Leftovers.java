package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.results.RunFolder;
import io.github.sgn4j.examples.results.RunResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs of a plan that another one has replaced: whoever reads the folder must not count them. */
final class Leftovers {

  private static final Pattern SEED = Pattern.compile("seed-(\\d{1,9})");
  private static final Set<String> FILES = Set.of(RunResults.FILE, RunFolder.CONFIG_FILE);

  private Leftovers() {}

  /** Removes those that the plan does not name: other configurations, further seeds. */
  static void removeUnnamed(Path comparison, Plan plan) throws IOException {
    Set<String> slugs =
        plan.configurations().stream().map(Configuration::slug).collect(Collectors.toSet());
    remove(
        comparison,
        run -> {
          Matcher seed = SEED.matcher(run.getFileName().toString());
          return !slugs.contains(run.getParent().getFileName().toString())
              || (seed.matches() && Integer.parseInt(seed.group(1)) > plan.seeds());
        });
  }

  /** Removes all. */
  static void removeAll(Path comparison) throws IOException {
    remove(comparison, run -> true);
  }

  /** What makes a run of a folder; its log may stay. */
  private static void remove(Path comparison, Predicate<Path> isLeft) throws IOException {
    Path runs = comparison.resolve(Run.RUNS);
    if (!Files.isDirectory(runs)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> files =
        Files.find(runs, 3, (file, is) -> FILES.contains(file.getFileName().toString()))) {
      left =
          files
              .filter(
                  file ->
                      runs.relativize(file).getNameCount() == 3 && isLeft.test(file.getParent()))
              .toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }
}
