package io.github.sgn4j.linesearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.objective.Evaluation;
import org.junit.jupiter.api.Test;

class FixedStepTest {

  @Test
  void takesTheStepWhateverItLeadsTo() {
    Evaluation high = new Evaluation(1e9, 0);
    StepFunction untouched =
        a -> {
          throw new AssertionError("evaluated at " + a);
        };

    LineSearchResult result = new FixedStep().search(untouched, 1, -1, 0.3, high);

    assertThat(result).isEqualTo(new LineSearchResult(0.3, high, 0, true));
    assertThat(new FixedStep().usesLoss()).isFalse();
  }
}
