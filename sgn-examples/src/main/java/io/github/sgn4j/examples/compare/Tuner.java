package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.Contender.Candidate;
import io.github.sgn4j.examples.compare.RunOutcome.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the value of a tuned option: the one of the lowest train loss, since test data must not
 * choose. While the best of numbers is the smallest or largest tried, the next one beyond it is
 * tried as well, as far as the {@link Ladder} goes.
 */
final class Tuner {

  private final Contender contender;
  private final List<Candidate> tried;
  private int below;
  private int above;
  private Candidate chosen;
  private boolean done;

  /** For a contender with something to tune. */
  Tuner(Contender contender) {
    this.contender = contender;
    tried = new ArrayList<>(contender.given());
  }

  /**
   * Goes on as far as the trials are known.
   *
   * @param outcomes of trials
   * @return the trials that must be made before it can go on; empty once it is done
   */
  List<Candidate> proceed(Function<Candidate, RunOutcome> outcomes) {
    while (!done) {
      List<Candidate> open =
          tried.stream()
              .filter(
                  candidate -> {
                    State state = outcomes.apply(candidate).state();
                    return !state.settled() && state != State.FAILED;
                  })
              .toList();
      if (!open.isEmpty()) {
        return open;
      }
      chosen = best(outcomes);
      Optional<Candidate> next = beyond();
      next.ifPresent(tried::add);
      done = next.isEmpty();
    }
    return List.of();
  }

  private Candidate best(Function<Candidate, RunOutcome> outcomes) {
    Candidate best = null;
    double lowest = Double.POSITIVE_INFINITY;
    for (Candidate candidate : tried) {
      RunOutcome outcome = outcomes.apply(candidate);
      if (outcome.state() == State.FINISHED && outcome.trainLoss() < lowest) {
        lowest = outcome.trainLoss();
        best = candidate;
      }
    }
    return best;
  }

  private Optional<Candidate> beyond() {
    if (isSmallest() && below < contender.below().size()) {
      return Optional.of(contender.below().get(below++));
    }
    if (isLargest() && above < contender.above().size()) {
      return Optional.of(contender.above().get(above++));
    }
    return Optional.empty();
  }

  private boolean isSmallest() {
    List<Double> numbers = numbers();
    return chosen != null
        && !numbers.isEmpty()
        && Double.parseDouble(chosen.value()) == numbers.get(0);
  }

  private boolean isLargest() {
    List<Double> numbers = numbers();
    return chosen != null
        && !numbers.isEmpty()
        && Double.parseDouble(chosen.value()) == numbers.get(numbers.size() - 1);
  }

  private List<Double> numbers() {
    return Ladder.numbers(tried.stream().map(Candidate::value).toList());
  }

  /** Whether the choice is made. */
  boolean done() {
    return done;
  }

  /** The choice; null before it is made, and where no trial came to its end. */
  Candidate chosen() {
    return done ? chosen : null;
  }

  /** Whether the choice lies at an end of what was tried: a better value may lie beyond. */
  boolean atEnd() {
    return done && (isSmallest() || isLargest());
  }

  /** All that was tried or is to be. */
  List<Candidate> tried() {
    return List.copyOf(tried);
  }
}
