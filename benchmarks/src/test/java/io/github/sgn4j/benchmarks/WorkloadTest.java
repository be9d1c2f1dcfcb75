package io.github.sgn4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.samediff.ArrayBatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {

  @ParameterizedTest
  @CsvSource({
    "mnist-mlp, 16750, 1000",
    "boston-mlp, 11601, 101",
    "sine-mlp, 901, 1000",
    "wide-mlp, 235146, 1000",
    "fashion-conv, 44426, 1000",
    "cifar-conv, 122570, 1000"
  })
  void isOfItsSize(String net, int parameters, int samples) {
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
  void knowsTheProductsThatAreNeeded() {
    Workload workload = Workload.of("cifar-conv");
    try (var objective = workload.objective()) {
      assertThat(workload.layers())
          .containsExactly(
              new LayerProduct(900_000, 27, 32),
              new LayerProduct(144_000, 288, 64),
              new LayerProduct(16_000, 576, 64),
              new LayerProduct(1000, 1024, 64),
              new LayerProduct(1000, 64, 10));
    }
  }

  @Test
  void drawsTargetsThatFollowFromInputs() {
    Workload workload = Workload.of("boston-mlp");
    try (var objective = workload.objective()) {
      List<ArrayBatch> batches = workload.learnableBatches(2);
      for (ArrayBatch batch : batches) {
        assertThat(objective.value(workload.theta(), batch)).isFinite().isPositive();
        assertThat(batch.targets().get(0)).isEqualTo(batch.inputs().get(0).getColumns(0));
      }
      assertThat(batches.get(1).inputs()).isNotEqualTo(batches.get(0).inputs());
    }
  }

  @Test
  void drawsClassesThatFollowFromInputs() {
    Workload workload = Workload.of("mnist-mlp");
    try (var objective = workload.objective()) {
      ArrayBatch batch = workload.learnableBatches(1).get(0);
      assertThat(objective.value(workload.theta(), batch)).isFinite().isPositive();
      assertThat(batch.targets().get(0).rank()).isEqualTo(1);
      for (int i = 0; i < batch.size(); i++) {
        double first = batch.inputs().get(0).getDouble(i, 0);
        assertThat(batch.targets().get(0).getInt(i)).isEqualTo((int) (10 * first));
      }
    }
  }

  @Test
  void refusesWhatItCannotBuild() {
    assertThatThrownBy(() -> Workload.of("imagenet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("net = imagenet")
        .hasMessageContaining("boston-mlp")
        .hasMessageContaining("cifar-conv");
  }
}
