package io.github.sgn4j.checkpoint;

import io.github.sgn4j.training.Checkpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Checkpoints as the bytes of their files: two that are equal to the bit have the same. */
public final class Encoded {

  private Encoded() {}

  /** The content of that checkpoint's file. */
  public static byte[] of(Checkpoint checkpoint) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CheckpointFile.encode(checkpoint, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
