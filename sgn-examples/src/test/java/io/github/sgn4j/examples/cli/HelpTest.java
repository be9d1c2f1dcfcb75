package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @Test
  void listsTheCommands() {
    Outcome outcome = CommandLineRunner.run("--help");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("demo", "mlp", "Exit status").doesNotContain("quality");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dataset",
        "--layers",
        "--solver",
        "--rho",
        "--rho-min",
        "--rho-schedule",
        "--k",
        "--beta",
        "--cg-prec",
        "--alpha-exp",
        "--[no-]tr",
        "--[no-]ls",
        "--alpha",
        "--c-ls",
        "--rho-ls",
        "--max-ls-iter",
        "--cg-tol",
        "--cg-min-iter",
        "--cg-max-iter",
        "--k-cg",
        "--lr",
        "--momentum",
        "--scheduler",
        "--lr-final",
        "--step",
        "--reduction",
        "--epochs",
        "--max-seconds",
        "--batch-size",
        "--seed",
        "--precision",
        "--sine-frequency",
        "--data-dir",
        "--out",
        "--force",
        "--verbose"
      })
  void listsEveryOptionOfMlpOnce(String option) {
    Outcome outcome = CommandLineRunner.run("mlp", "--help");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines().filter(line -> line.matches(" +\\Q" + option + "\\E( |=).*")))
        .hasSize(1);
  }

  @Test
  void explainsTheDemo() {
    assertThat(CommandLineRunner.run("demo", "--help").out()).contains("--out", "runs/demo");
  }

  @Test
  void namesTheVersion() {
    assertThat(CommandLineRunner.run("--version").out())
        .matches("SGN4J \\d+\\.\\d+.* on ND4J .*\\s*");
    assertThat(CommandLineRunner.run("mlp", "--version").out()).startsWith("SGN4J ");
  }
}
