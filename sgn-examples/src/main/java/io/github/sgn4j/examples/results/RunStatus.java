package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a run has come. */
public enum RunStatus {
  /** Training goes on, or its process was killed. */
  RUNNING,
  /** All epochs were done, or the time was used up. */
  DONE,
  /** Training met NaN or infinity. */
  NON_FINITE,
  /** The user ended it. */
  INTERRUPTED,
  /** The program failed. */
  FAILED;

  /** The name in files: lower case, words joined by underscores. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
