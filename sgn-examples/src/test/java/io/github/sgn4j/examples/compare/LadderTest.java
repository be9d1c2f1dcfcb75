package io.github.sgn4j.examples.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {

  @Test
  void goesOnInTheListsOwnSteps() {
    List<String> values = List.of("0.03", "0.1", "0.3");

    assertThat(Ladder.above(values)).containsExactly("1", "3", "10", "30");
    assertThat(Ladder.below(values)).containsExactly("0.01", "0.003", "0.001", "0.0003");
  }

  @Test
  void goesOnByTheRatioOfGeometricLists() {
    assertThat(Ladder.above(List.of("8", "2", "4"))).containsExactly("16", "32", "64", "128");
    assertThat(Ladder.below(List.of("1e-1", "1")))
        .containsExactly("0.01", "0.001", "0.0001", "0.00001");
  }

  @Test
  void endsWhereThereIsNothingBeyond() {
    assertThat(Ladder.above(List.of("none", "hutchinson"))).isEmpty();
    assertThat(Ladder.above(List.of("0", "0.9"))).isEmpty();
    assertThat(Ladder.below(List.of("-1", "1"))).isEmpty();
    assertThat(Ladder.above(List.of("1e308", "1e307"))).isEmpty();
    assertThat(Ladder.above(List.of("5", "5"))).isEmpty();
  }
}
