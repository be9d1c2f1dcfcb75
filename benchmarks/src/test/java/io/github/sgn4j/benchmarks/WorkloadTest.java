package io.github.sgn4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {

  @ParameterizedTest
  @CsvSource({"mnist-mlp, 16750, 1000", "boston-mlp, 11601, 101", "sine-mlp, 901, 1000"})
  void isOfThePublishedSize(String net, int parameters, int samples) {
    Workload workload = Workload.of(net);
    try (var objective = workload.objective()) {
      assertThat(objective.parameters().dimension()).isEqualTo(parameters);
      assertThat(workload.batch().size()).isEqualTo(samples);
      assertThat(objective.value(workload.theta(), workload.batch())).isFinite().isPositive();
      assertThat(workload.theta().toDoubleArray())
          .containsExactly(objective.initialParameters().toDoubleArray());
    }
  }

  @Test
  void refusesWhatItCannotBuild() {
    assertThatThrownBy(() -> Workload.of("cifar-conv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("net = cifar-conv")
        .hasMessageContaining("boston-mlp, mnist-mlp, sine-mlp");
  }
}
