package io.github.sgn4j.examples.data.download;

import java.time.Duration;

/**
 * How long a download waits.
 *
 * @param connect for a connection
 * @param response from the request to the answer's first line
 * @param stall for the next bytes
 */
public record Timeouts(Duration connect, Duration response, Duration stall) {

  /** Long enough for bad lines, short enough not to seem to hang. */
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofSeconds(30));
}
