package io.github.sgn4j.examples.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

  @TempDir Path folder;

  private Plan plan(String grid) {
    Grid read = TestCatalog.grid(grid);
    Map<String, String> sums = new GridFiles(folder, Set.of("lenet5")).sums(read.data());
    return Plan.of(read, "test", sums, read.budget(), 1);
  }

  @Test
  void comesBackFromItsFile() throws IOException {
    Plan plan =
        plan(
            "data: {dataset: boston, layers: [3, 4]}\nepochs: 2\nconfigurations: [{rho: 1e-4,"
                + " tune: {lr: [1, 2]}}]");
    PlanFile.write(folder, plan);

    assertThat(PlanFile.reconcile(folder, plan, false)).isEqualTo(plan);
  }

  @Test
  void namesEveryDifference() {
    Plan plan = plan("data: {dataset: boston}\nepochs: 2\nconfigurations: [{name: A, lr: 1}]");
    Plan other =
        plan(
            "data: {dataset: sine, layers: [3]}\nseconds: 2\n"
                + "configurations: [{name: a, rho: 1, tune: {lr: [1, 2]}}, {name: B}]");

    assertThat(plan.differences(plan)).isEmpty();
    assertThat(plan.differences(other))
        .containsExactly(
            "dataset: boston there, sine wanted",
            "layers: nothing there, [3] wanted",
            "budget: 2 epochs there, 2 seconds wanted",
            "the name of 'a': A there, a wanted",
            "lr of 'a': 1 there, nothing wanted",
            "rho of 'a': nothing there, 1 wanted",
            "tune of 'a': nothing there, lr [1, 2] wanted");
  }

  @Test
  void knowsFilesByTheirContent() throws IOException {
    Files.writeString(folder.resolve("one.csv"), "a,b\n1,2\n");
    Files.copy(folder.resolve("one.csv"), folder.resolve("two.csv"));
    String end = "\nepochs: 2\nconfigurations: [{lr: 1}]";
    Plan one = plan("data: {csv: one.csv}" + end);
    Plan two = plan("data: {csv: two.csv}" + end);

    assertThat(one.differences(two)).isEmpty();
    Files.writeString(folder.resolve("two.csv"), "a,b\n1,3\n");
    assertThat(one.differences(plan("data: {csv: two.csv}" + end)))
        .containsExactly("the content of csv two.csv has changed");
    assertThatExceptionOfType(GridException.class)
        .isThrownBy(() -> plan("data: {csv: three.csv}" + end))
        .withMessageContaining("three.csv cannot be read: there is no such file")
        .withMessageContaining("grid file's folder");
  }

  @Test
  void aBudgetIsOneOfTwo() {
    assertThat(Budget.ofSeconds(2.5).text()).isEqualTo("2.5 seconds");
    assertThat(Budget.ofSeconds(300).text()).isEqualTo("300 seconds");
    assertThat(Budget.ofEpochs(1).text()).isEqualTo("1 epoch");
    assertThatIllegalArgumentException().isThrownBy(() -> new Budget(null, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new Budget(1.0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofSeconds(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Budget.ofEpochs(0));
  }
}
