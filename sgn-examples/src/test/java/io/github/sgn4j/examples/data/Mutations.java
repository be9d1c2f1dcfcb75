package io.github.sgn4j.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Damages files in many ways, to see that each is read or refused and nothing else happens. */
public final class Mutations {

  /** Numbers that headers and sizes go wrong by. */
  private static final int[] NUMBERS = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 16, 1 << 28, 0x7fff_ffc7, 60_000
  };

  private final Random random;
  private final int headerBytes;
  private final String[] pieces;

  /**
   * Mutations that are the same for the same seed.
   *
   * @param headerBytes at the file's start, hit as often as all the others
   * @param pieces texts that are put in now and then
   */
  public Mutations(long seed, int headerBytes, String... pieces) {
    this.random = new Random(seed);
    this.headerBytes = headerBytes;
    this.pieces = pieces.clone();
  }

  /** Reads a file; true if it was read, false if it was refused as its reader promises. */
  @FunctionalInterface
  public interface Reader {
    boolean reads(Path file) throws Exception;
  }

  /** Writes so many mutations of that content and has them read; some must be refused. */
  public void check(byte[] good, Path file, int count, Reader reader) {
    int[] refused = {0};
    assertTimeoutPreemptively(
        Duration.ofMinutes(5),
        () -> {
          for (int i = 0; i < count; i++) {
            byte[] bytes = mutated(good);
            Files.write(file, bytes);
            try {
              refused[0] += reader.reads(file) ? 0 : 1;
            } catch (Exception | Error e) {
              throw new AssertionError("mutation " + i + " of " + file.getFileName(), e);
            }
          }
        });
    assertThat(refused[0]).as("refused").isBetween(count / 10, count);
  }

  /** One to three changes. */
  public byte[] mutated(byte[] good) {
    byte[] bytes = good.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 0; changes--) {
      int at =
          random.nextInt(random.nextBoolean() ? Math.min(headerBytes, bytes.length) : bytes.length);
      switch (random.nextInt(pieces.length == 0 ? 6 : 8)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + 5), new byte[0]);
        case 4 -> {
          int from = random.nextInt(bytes.length);
          int to = Math.min(bytes.length, from + random.nextInt(40));
          bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, from, to));
        }
        case 5 -> {
          if (at + 4 <= bytes.length) {
            ByteBuffer.wrap(bytes).putInt(at / 4 * 4, NUMBERS[random.nextInt(NUMBERS.length)]);
          }
        }
        default -> {
          byte[] piece = pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.UTF_8);
          int end = random.nextBoolean() ? at : Math.min(bytes.length, at + piece.length);
          bytes = spliced(bytes, at, end, piece);
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] all = new byte[from + middle.length + bytes.length - to];
    System.arraycopy(bytes, 0, all, 0, from);
    System.arraycopy(middle, 0, all, from, middle.length);
    System.arraycopy(bytes, to, all, from + middle.length, bytes.length - to);
    return all;
  }
}
