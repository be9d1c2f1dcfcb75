package io.github.sgn4j.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A checkpoint file that cannot be used: missing, damaged, of another version, or no checkpoint.
 */
public final class CheckpointException extends IOException {

  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final String reason;

  CheckpointException(Path file, String reason) {
    super(file + " " + reason);
    this.file = file;
    this.reason = reason;
  }

  CheckpointException(Path file, String reason, Exception cause) {
    this(file, reason);
    initCause(cause);
  }

  /** The file, or the folder where there is none. */
  public Path file() {
    return file;
  }

  /** What is wrong with it: the message without the name. */
  public String reason() {
    return reason;
  }
}
