package io.github.sgn4j.solver;

import io.github.sgn4j.objective.FlatVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Copies of a solve's directions after iterations 1, 2, 3, 4, 5, 7, 9, 11...: 1.3^j, rounded up
 * (Martens 2010, section 4.6). The vectors are made once and used by every solve.
 */
final class Iterates {

  private static final double GROWTH = 1.3;

  private final List<FlatVector> vectors = new ArrayList<>();
  private int count;
  private int last;
  private double power;

  void clear() {
    count = 0;
    last = 0;
    power = 1;
  }

  /** Keeps a copy of d if it is this iteration's turn; every iteration is offered, in order. */
  void offer(int iteration, FlatVector d) {
    if (iteration < power) {
      return;
    }
    if (count == vectors.size()) {
      vectors.add(d.like());
    }
    vectors.get(count).assign(d);
    count++;
    last = iteration;
    while (power <= iteration) {
      power *= GROWTH;
    }
  }

  /** Drops the last copy if it is the final direction after all. */
  void end(int iterations) {
    if (count > 0 && last == iterations) {
      count--;
    }
  }

  /** Those kept, earliest first; valid until the next solve. */
  List<FlatVector> list() {
    return Collections.unmodifiableList(vectors.subList(0, count));
  }
}
