package io.github.sgn4j.examples.data.download;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sgn4j.examples.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The data sets that can be downloaded.
 *
 * @param sets in the order in which they are shown
 */
public record Catalogue(List<CatalogueSet> sets) {

  /** Takes a copy. */
  public Catalogue {
    sets = List.copyOf(sets);
  }

  /** The catalogue that comes with the program. */
  public static Catalogue bundled() {
    JsonMapper mapper =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    try (InputStream in = Catalogue.class.getResourceAsStream("catalogue.json")) {
      return new Catalogue(List.of(mapper.readValue(in, CatalogueSet[].class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The set of that name, or with a folder of that name.
   *
   * @throws DataException if there is none
   */
  public CatalogueSet find(String name) {
    return sets.stream()
        .filter(set -> set.name().equals(name) || set.folder().equals(name))
        .findFirst()
        .orElseThrow(() -> new DataException(unknown(name)));
  }

  private String unknown(String name) {
    String names = sets.stream().map(CatalogueSet::name).collect(Collectors.joining(", "));
    return switch (name) {
      case "boston", "sine" ->
          name + " comes with the program.\nTo download there are " + names + ".";
      default -> "There is no data set \"" + name + "\".\nThere are " + names + ".";
    };
  }
}
