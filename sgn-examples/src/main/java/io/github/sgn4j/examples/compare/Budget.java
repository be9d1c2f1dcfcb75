package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;

/**
 * What every run may use, the same for all.
 *
 * @param seconds of training; null if epochs are counted
 * @param epochs number of epochs; null if seconds are counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Budget(Double seconds, Integer epochs) {

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException unless one of the two is given, and above 0
   */
  public Budget {
    if ((seconds == null) == (epochs == null)
        || (seconds != null && !(Double.isFinite(seconds) && seconds > 0))
        || (epochs != null && epochs < 1)) {
      throw new IllegalArgumentException(
          "a budget is a number of seconds above 0 or of epochs from 1: "
              + seconds
              + " seconds, "
              + epochs
              + " epochs");
    }
  }

  /** So many seconds of training. */
  public static Budget ofSeconds(double seconds) {
    return new Budget(seconds, null);
  }

  /** So many epochs. */
  public static Budget ofEpochs(int epochs) {
    return new Budget(null, epochs);
  }

  /** The option of a run that bounds it. */
  String argument() {
    return seconds == null ? "--epochs=" + epochs : "--max-seconds=" + seconds;
  }

  /** Such as "5 seconds". */
  public String text() {
    return seconds == null
        ? epochs + (epochs == 1 ? " epoch" : " epochs")
        : BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString()
            + (seconds == 1 ? " second" : " seconds");
  }
}
