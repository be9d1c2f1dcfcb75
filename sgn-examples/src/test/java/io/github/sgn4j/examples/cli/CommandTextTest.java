package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandTextTest {

  @Test
  void isTheSameCommandThatGoesOn() {
    assertThat(CommandText.toResume(List.of("mlp", "--dataset=boston", "--force", "--seed", "2")))
        .isEqualTo("./sgn mlp --dataset=boston --seed 2 --resume");
    assertThat(CommandText.toResume(List.of("mlp", "--resume", "--seed", "2")))
        .isEqualTo("./sgn mlp --seed 2 --resume");
  }

  @Test
  void quotesWhatAShellWouldTakeApart() {
    assertThat(
            CommandText.toResume(List.of("mlp", "--csv", "my table.csv", "--target", "it's", "")))
        .isEqualTo("./sgn mlp --csv 'my table.csv' --target 'it'\\''s' '' --resume");
  }
}
