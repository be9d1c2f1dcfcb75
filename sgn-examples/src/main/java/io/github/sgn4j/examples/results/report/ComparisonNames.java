package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison calls the configurations of its runs, which stand in {@code
 * runs/SLUG/seed-SEED} beside its {@code compare.json}. Names are a help only: where there is no
 * such file, or it is damaged, there are none.
 */
final class ComparisonNames {

  private static final String FILE = "compare.json";

  private final Map<Path, Map<String, String>> bySlug = new HashMap<>();

  /** Of the run in that folder. */
  Optional<String> of(Path run) {
    return Optional.ofNullable(comparison(run).get(slug(run)));
  }

  /**
   * A text by which runs are sorted: those of a comparison in its order, others by their folders.
   */
  String place(Path run) {
    int order = List.copyOf(comparison(run).keySet()).indexOf(slug(run));
    return order < 0
        ? run.toString()
        : run.getParent().resolveSibling(String.format(Locale.ROOT, "%06d", order))
            + "/"
            + run.getFileName();
  }

  private static String slug(Path run) {
    Path configuration = run.toAbsolutePath().normalize().getParent();
    Path name = configuration == null ? null : configuration.getFileName();
    return name == null ? "" : name.toString();
  }

  /** Names by slug; empty where the run is no comparison's. */
  private Map<String, String> comparison(Path run) {
    Path configuration = run.toAbsolutePath().normalize().getParent();
    Path runs = configuration == null ? null : configuration.getParent();
    return runs == null || runs.getParent() == null
        ? Map.of()
        : bySlug.computeIfAbsent(runs.resolveSibling(FILE), ComparisonNames::read);
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> names = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      return names;
    }
    try {
      Map<?, ?> plan = JsonFiles.read(file, Map.class);
      if (plan != null && plan.get("configurations") instanceof List<?> configurations) {
        for (Object each : configurations) {
          if (each instanceof Map<?, ?> configuration
              && configuration.get("slug") instanceof String slug
              && configuration.get("name") instanceof String name
              && !name.isBlank()) {
            names.put(slug, name);
          }
        }
      }
    } catch (IOException e) {
      // Configurations are then named by their options.
      names.clear();
    }
    return names;
  }
}
