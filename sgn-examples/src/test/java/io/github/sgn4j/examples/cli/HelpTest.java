package io.github.sgn4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sgn4j.examples.cli.CommandLineRunner.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @Test
  void listsTheCommands() {
    Outcome outcome = CommandLineRunner.run("--help");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out())
        .contains("demo", "mlp", "convnet", "compare", "datasets", "Exit status")
        .doesNotContain("quality");
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
        "--[no-]cg-prec",
        "--preset",
        "--kappa",
        "--kappa-min",
        "--curvature",
        "--curvature-samples",
        "--linear-solver",
        "--cg-rel-tol",
        "--cg-progress",
        "--[no-]cg-backtracking",
        "--warm-start",
        "--precond",
        "--precond-average",
        "--step-rule",
        "--decay-from",
        "--[no-]reject",
        "--averaging",
        "--weight-decay",
        "--activation",
        "--init",
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
        "--checkpoint-every",
        "--resume",
        "--early-stopping",
        "--threads",
        "--memory",
        "--data-dir",
        "--out",
        "--force",
        "--[no-]log-jsonl",
        "--[no-]tensorboard",
        "--verbose"
      })
  void listsEveryOptionOnce(String option) {
    boolean only =
        List.of("--layers", "--activation", "--init", "--sine-frequency").contains(option);
    assertListed("mlp", option, 1);
    assertListed("convnet", option, only ? 0 : 1);
  }

  @Test
  void listsTheArchitectureOfConvnet() {
    assertListed("convnet", "--architecture", 1);
    assertListed("mlp", "--architecture", 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--csv",
        "--target",
        "--task",
        "--test-csv",
        "--test-fraction",
        "--ignore",
        "--header",
        "--delimiter"
      })
  void listsTheOptionsForOnesOwnDataOfMlp(String option) {
    assertListed("mlp", option, 1);
    assertListed("convnet", option, 0);
  }

  private static void assertListed(String command, String option, int times) {
    Outcome outcome = CommandLineRunner.run(command, "--help");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().lines().filter(line -> line.matches(" +\\Q" + option + "\\E( |=).*")))
        .hasSize(times);
    assertThat(outcome.out()).contains("Usage: ./sgn " + command, "--help", "--version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--preset",
        "--grid",
        "--csv",
        "--target",
        "--task",
        "--seconds",
        "--epochs",
        "--seeds",
        "--out",
        "--data-dir",
        "--force",
        "--dry-run",
        "--print-grid"
      })
  void listsTheOptionsOfCompare(String option) {
    assertListed("compare", option, 1);
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
