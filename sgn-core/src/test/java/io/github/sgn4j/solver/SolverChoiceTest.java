package io.github.sgn4j.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sgn4j.solver.SolveWorkload.Layer;
import io.github.sgn4j.solver.SolverChoice.Method;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SolverChoiceTest {

  private static final long AMPLE = 1L << 34;

  /** Networks of published runs. */
  private enum Net {
    SINE,
    BOSTON,
    MNIST;

    private int[] widths() {
      return switch (this) {
        case SINE -> new int[] {1, 20, 20, 20, 1};
        case BOSTON -> new int[] {13, 100, 100, 1};
        case MNIST -> new int[] {784, 20, 20, 20, 10};
      };
    }

    int outputs() {
      return layers().get(layers().size() - 1).outputs();
    }

    List<Layer> layers() {
      int[] widths = widths();
      return IntStream.range(1, widths.length)
          .mapToObj(i -> new Layer(widths[i - 1], widths[i]))
          .toList();
    }

    int parameters() {
      return layers().stream().mapToInt(l -> (l.inputs() + 1) * l.outputs()).sum();
    }
  }

  /** Measured times of exact solves, in units of one product on the same samples. */
  @ParameterizedTest
  @CsvSource({
    "BOSTON, 50, 2",
    "BOSTON, 101, 2",
    "BOSTON, 202, 3",
    "BOSTON, 404, 6",
    "BOSTON, 808, 11",
    "SINE, 100, 2",
    "SINE, 250, 5",
    "SINE, 500, 14",
    "SINE, 1000, 59",
    "MNIST, 25, 6",
    "MNIST, 50, 16",
    "MNIST, 100, 57",
  })
  void estimatesTheRowSpaceAsMeasured(Net net, int samples, double measured) {
    double cost = choice(net, samples, 10).rowSpace();

    assertThat(cost).isBetween(measured / 1.4, measured * 1.7);
  }

  @Test
  void estimatesTheDenseMatrixAsMeasured() {
    assertThat(choice(Net.SINE, 1000, 10).dense()).isBetween(60.0, 110.0);
    // 3,401 parameters: 700 to 1200.
    SolverChoice wider =
        SolverChoice.of(new SolveWorkload(3401, 1000, 1, List.of(), 10, AMPLE, true));
    assertThat(wider.dense()).isBetween(700.0, 1200.0);
  }

  @ParameterizedTest
  @CsvSource({
    // Up to about 400 rows for ten iterations...
    "SINE, 100, 10, ROW_SPACE",
    "SINE, 350, 10, ROW_SPACE",
    "SINE, 500, 10, CONJUGATE_GRADIENT",
    "MNIST, 35, 10, ROW_SPACE",
    "MNIST, 50, 10, CONJUGATE_GRADIENT",
    // ...or 800 of more than 10,000 parameters.
    "BOSTON, 101, 10, ROW_SPACE",
    "BOSTON, 800, 10, ROW_SPACE",
    "BOSTON, 1000, 10, CONJUGATE_GRADIENT",
    // Fewer iterations are harder to beat, more easier.
    "BOSTON, 101, 2, CONJUGATE_GRADIENT",
    "SINE, 500, 20, ROW_SPACE",
    // The dense matrix for many iterations, where rows are more than parameters.
    "SINE, 5000, 50, CONJUGATE_GRADIENT",
    "SINE, 5000, 100, DENSE",
    "SINE, 1000, 100, ROW_SPACE",
    "BOSTON, 5000, 100, CONJUGATE_GRADIENT",
    "MNIST, 1000, 100, CONJUGATE_GRADIENT",
  })
  void choosesTheCheapest(Net net, int samples, int iterations, Method expected) {
    SolverChoice choice = choice(net, samples, iterations);

    assertThat(choice.method()).isEqualTo(expected);
    assertThat(choice.conjugateGradient()).isEqualTo(iterations);
    assertThat(choice.reason()).contains(iterations + " conjugate gradient iterations");
  }

  @Test
  void saysWhy() {
    assertThat(choice(Net.BOSTON, 101, 10).reason())
        .isEqualTo(
            "an exact solve with 101 rows costs about 2.46 products, less than 10 conjugate"
                + " gradient iterations");
    assertThat(
            SolverChoice.of(new SolveWorkload(901, 400, 1, Net.SINE.layers(), 5, 0, true)).reason())
        .isEqualTo(
            "5 conjugate gradient iterations cost no more than more memory than there is in the"
                + " row space (400 rows) or more memory than there is with the dense matrix (901"
                + " parameters)");
  }

  @Test
  void staysWithinTheMemory() {
    long gram = 8L * 350 * 350;
    assertThat(choice(Net.SINE, 350, 10, gram).rowSpace()).isFinite();
    assertThat(choice(Net.SINE, 350, 10, gram).dense()).isInfinite();
    assertThat(choice(Net.SINE, 350, 10, gram - 1).method()).isEqualTo(Method.CONJUGATE_GRADIENT);
    // Without room for the rows the dense matrix takes a product for each parameter.
    double without = choice(Net.SINE, 5000, 10, 8L * 901 * 901).dense();
    assertThat(without).isBetween(902.0, 1000.0);
  }

  @Test
  void takesProductsWhereThereAreNoLayers() {
    SolveWorkload workload = new SolveWorkload(901, 100, 1, Net.SINE.layers(), 50, AMPLE, false);

    SolverChoice choice = SolverChoice.of(workload);

    assertThat(choice.rowSpace()).isBetween(102.0, 103.0);
    assertThat(choice.dense()).isGreaterThan(901);
    assertThat(choice.method()).isEqualTo(Method.CONJUGATE_GRADIENT);
  }

  @Test
  void guessesUnknownLayers() {
    SolveWorkload unknown = new SolveWorkload(901, 250, 1, List.of(), 10, AMPLE, true);

    // Known layers: 6.4.
    assertThat(SolverChoice.of(unknown).rowSpace()).isBetween(4.0, 9.0);
  }

  @Test
  void followsTheMachinesRates() {
    SolveWorkload workload = new SolveWorkload(901, 250, 1, Net.SINE.layers(), 10, AMPLE, true);

    SolverChoice slow = SolverChoice.of(workload, new SolveRates(0.6, 40));

    assertThat(SolverChoice.of(workload).method()).isEqualTo(Method.ROW_SPACE);
    assertThat(slow.method()).isEqualTo(Method.CONJUGATE_GRADIENT);
    assertThatThrownBy(() -> new SolveRates(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factorisation = 0.0: must be positive and finite");
  }

  @Test
  void doesNotOverflow() {
    SolverChoice choice =
        SolverChoice.of(
            new SolveWorkload(1 << 30, 1 << 20, 1 << 12, List.of(), 10, Long.MAX_VALUE, true));

    assertThat(choice.method()).isEqualTo(Method.CONJUGATE_GRADIENT);
    assertThat(choice.rowSpace()).isPositive();
    assertThat(choice.dense()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, 1, parameters",
    "1, 0, 1, 1, 1, samples",
    "1, 1, 0, 1, 1, outputs",
    "1, 1, 1, 0, 1, iterations",
    "1, 1, 1, 1, -1, memory",
  })
  void refusesNumbersOutOfRange(
      int parameters, int samples, int outputs, int iterations, long memory, String name) {
    assertThatThrownBy(
            () ->
                new SolveWorkload(
                    parameters, samples, outputs, List.of(), iterations, memory, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " = ");
  }

  private static SolverChoice choice(Net net, int samples, int iterations) {
    return choice(net, samples, iterations, AMPLE);
  }

  private static SolverChoice choice(Net net, int samples, int iterations, long memory) {
    return SolverChoice.of(
        new SolveWorkload(
            net.parameters(), samples, net.outputs(), net.layers(), iterations, memory, true));
  }
}
