package io.github.sgn4j.examples.results.report;

import io.github.sgn4j.examples.results.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
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
    Path configuration = run.toAbsolutePath().normalize().getParent();
    Path runs = configuration == null ? null : configuration.getParent();
    if (runs == null || runs.getParent() == null) {
      return Optional.empty();
    }
    Map<String, String> names =
        bySlug.computeIfAbsent(runs.resolveSibling(FILE), ComparisonNames::read);
    return Optional.ofNullable(names.get(configuration.getFileName().toString()));
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> names = new HashMap<>();
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
