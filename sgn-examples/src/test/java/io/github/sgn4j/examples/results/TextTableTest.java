package io.github.sgn4j.examples.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TextTableTest {

  private final TextTable table =
      new TextTable("solver", "loss").row("SGN", "0.0102").row("SGD, lr 1", "-");

  @Test
  void alignsForTerminals() {
    assertThat(table.toText())
        .isEqualTo("solver       loss\nSGN        0.0102\nSGD, lr 1       -\n");
  }

  @Test
  void writesMarkdown() {
    assertThat(table.toMarkdown())
        .isEqualTo(
            """
            | solver    |   loss |
            |---|---:|
            | SGN       | 0.0102 |
            | SGD, lr 1 |      - |
            """);
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatIllegalArgumentException().isThrownBy(() -> table.row("SGN"));
  }
}
