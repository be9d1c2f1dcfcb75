package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sgn4j.examples.results.RunResults;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How far a run has come, by its {@code results.json}. Only two numbers of it are taken: the file
 * may hold a million others, and the run that it belongs to wants the processor.
 */
public final class RunShare {

  private static final JsonFactory JSON = new JsonFactory();

  private RunShare() {}

  /** The share of its budget that the run in that folder has used, from 0 to 1. */
  public static double of(Path folder, Budget budget) {
    String wanted = budget.seconds() == null ? "tot_epochs" : "tot_time";
    double all = budget.seconds() == null ? budget.epochs() : budget.seconds();
    try (JsonParser parser = JSON.createParser(folder.resolve(RunResults.FILE).toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(wanted)) {
          return value.isNumeric() ? Math.min(1, parser.getDoubleValue() / all) : 0;
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      // Not there yet.
    }
    return 0;
  }
}
