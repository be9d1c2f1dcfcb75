package io.github.sgn4j.examples.data;

import java.util.Arrays;

/** The line of the file that each row begins in. */
final class CsvLines {

  private long[] lines = new long[16];
  private int size;

  /** Appends a row's. */
  void add(long line) {
    if (size == lines.length) {
      lines = Arrays.copyOf(lines, (int) Math.min(Integer.MAX_VALUE - 8L, size + (size >> 1) + 1L));
    }
    lines[size++] = line;
  }

  /** Number of rows. */
  int size() {
    return size;
  }

  /** Line of that row, from 1. */
  long of(int row) {
    return lines[row];
  }
}
