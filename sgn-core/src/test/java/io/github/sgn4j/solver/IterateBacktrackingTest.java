package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IterateBacktrackingTest {

  private static final FlatVector LAST = FlatVector.of(Precision.DOUBLE, -1);

  @Test
  void walksBackForAsLongAsTheLossFalls() {
    IterateBacktracking.Choice choice = search(5, 1, 3, 2, 4);

    assertThat(choice.direction().get(0)).isEqualTo(2);
    assertThat(choice.loss()).isEqualTo(2);
    assertThat(choice.evaluations()).isEqualTo(3);
  }

  @Test
  void keepsTheFinalDirectionIfTheOneBeforeIsNoBetter() {
    IterateBacktracking.Choice choice = search(4, 1, 4);

    assertThat(choice.direction()).isSameAs(LAST);
    assertThat(choice.loss()).isEqualTo(4);
    assertThat(choice.evaluations()).isEqualTo(1);
  }

  @Test
  void mayWalkAllTheWay() {
    IterateBacktracking.Choice choice = search(9, 1, 2, 3);

    assertThat(choice.direction().get(0)).isEqualTo(0);
    assertThat(choice.evaluations()).isEqualTo(3);
  }

  @Test
  void walksThroughLossesThatAreNotFinite() {
    IterateBacktracking.Choice choice =
        search(Double.NaN, 7, 6, Double.POSITIVE_INFINITY, Double.NaN);

    assertThat(choice.loss()).isEqualTo(6);
    assertThat(choice.direction().get(0)).isEqualTo(1);
    assertThat(choice.evaluations()).isEqualTo(4);
  }

  @Test
  void stopsAtALossThatIsNotFiniteOnceItHasOneThatIs() {
    IterateBacktracking.Choice choice = search(3, 1, Double.NaN);

    assertThat(choice.direction()).isSameAs(LAST);
    assertThat(choice.evaluations()).isEqualTo(1);
  }

  @Test
  void needsNoIterates() {
    IterateBacktracking.Choice choice = search(3);

    assertThat(choice.direction()).isSameAs(LAST);
    assertThat(choice.evaluations()).isZero();
  }

  /** Iterates that hold their index, and their losses. */
  private static IterateBacktracking.Choice search(double lastLoss, double... losses) {
    List<FlatVector> iterates = new ArrayList<>();
    for (int i = 0; i < losses.length; i++) {
      iterates.add(FlatVector.of(Precision.DOUBLE, i));
    }
    return IterateBacktracking.search(d -> losses[(int) d.get(0)], LAST, lastLoss, iterates);
  }
}
