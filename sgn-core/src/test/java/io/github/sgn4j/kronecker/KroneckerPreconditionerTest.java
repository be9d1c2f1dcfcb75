package io.github.sgn4j.kronecker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sgn4j.kronecker.KroneckerPreconditioner.Memory;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.solver.ConjugateGradient;
import io.github.sgn4j.solver.LinearSystem;
import io.github.sgn4j.solver.Preconditioner;
import io.github.sgn4j.solver.PreconditionerContract;
import io.github.sgn4j.solver.SolveLimits;
import io.github.sgn4j.testkit.DenseMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KroneckerPreconditionerTest extends PreconditionerContract {

  private static final double DECAY = 0.9;
  private static final double RHO = 1e-2;
  private static final int N = 20;

  /** A matrix of 4 x 3, a vector of 6 and two numbers, 20 elements. */
  private static ParameterSpace parameters() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("w", new long[] {4, 3});
    shapes.put("b", new long[] {6});
    shapes.put("row", new long[] {1, 2});
    return ParameterSpace.of(shapes);
  }

  private static FlatVector random(Precision precision, int length, long seed) {
    Random random = new Random(seed);
    FlatVector vector = FlatVector.zeros(precision, length);
    for (int i = 0; i < length; i++) {
      vector.set(i, random.nextGaussian());
    }
    return vector;
  }

  private static KroneckerPreconditioner make(Precision precision, int interval) {
    return new KroneckerPreconditioner(precision, parameters(), DECAY, interval);
  }

  private static void update(KroneckerPreconditioner preconditioner, Precision precision, int i) {
    preconditioner.update(probe(precision, i), RHO, null, null);
  }

  private static FlatVector probe(Precision precision, int i) {
    return random(precision, N, 100 + i);
  }

  /** That of so many updates that stand, seen from within the next one. */
  private static KroneckerPreconditioner after(
      KroneckerPreconditioner preconditioner, Precision precision, int updates) {
    for (int i = 0; i < updates; i++) {
      update(preconditioner, precision, i);
      preconditioner.commit();
    }
    update(preconditioner, precision, updates);
    return preconditioner;
  }

  @Override
  protected Preconditioner create(Precision precision, int dimension) {
    return after(make(precision, 1), precision, 4);
  }

  private static double[] apply(Preconditioner preconditioner, Precision precision) {
    FlatVector r = random(precision, N, 7);
    FlatVector y = r.like();
    preconditioner.apply(r, y);
    return y.toDoubleArray();
  }

  private static final KroneckerLimits ALL = new KroneckerLimits(100, 100);

  /** The documented formula, written down with dense matrices, applied to the same vector. */
  private static double[] expected(int probes, double rho, KroneckerLimits limits) {
    return expected(IntStream.range(0, probes).toArray(), rho, limits);
  }

  private static double[] expected(int[] probes, double rho, KroneckerLimits limits) {
    double[] r = random(Precision.DOUBLE, N, 7).toDoubleArray();
    double[] y = new double[N];
    int[][] blocks = {{0, 4, 3}, {12, 6, 1}, {18, 2, 1}};
    for (int[] block : blocks) {
      int rows = block[1];
      int columns = block[2];
      SimpleMatrix a = new SimpleMatrix(rows, rows);
      SimpleMatrix b = new SimpleMatrix(columns, columns);
      double weights = 0;
      for (int i = 0; i < probes.length; i++) {
        SimpleMatrix h = matrix(probe(Precision.DOUBLE, probes[i]).toDoubleArray(), block);
        double weight = Math.pow(DECAY, probes.length - 1 - i);
        a = a.plus(h.mult(h.transpose()).scale(weight));
        b = b.plus(h.transpose().mult(h).scale(weight));
        weights += weight;
      }
      double trace = a.trace() / weights;
      double pi = Math.sqrt((double) columns / rows);
      SimpleMatrix left = damped(a, weights, trace, pi * Math.sqrt(rho), limits.rows());
      SimpleMatrix right = damped(b, weights, trace, Math.sqrt(rho) / pi, limits.columns());
      SimpleMatrix result = left.invert().mult(matrix(r, block)).mult(right.invert());
      for (int i = 0; i < rows * columns; i++) {
        y[block[0] + i] = result.get(i);
      }
    }
    return y;
  }

  private static SimpleMatrix matrix(double[] vector, int[] block) {
    SimpleMatrix matrix = new SimpleMatrix(block[1], block[2]);
    for (int i = 0; i < matrix.getNumElements(); i++) {
      matrix.set(i, vector[block[0] + i]);
    }
    return matrix;
  }

  private static SimpleMatrix damped(
      SimpleMatrix sum, double weights, double trace, double damping, int largestSide) {
    int size = sum.getNumRows();
    SimpleMatrix scaled = sum.scale(1 / (weights * Math.sqrt(trace)));
    SimpleMatrix kept =
        size <= largestSide ? scaled : SimpleMatrix.diag(scaled.diag().getDDRM().data);
    return kept.plus(SimpleMatrix.identity(size).scale(damping));
  }

  @ParameterizedTest
  @EnumSource
  void isTheDocumentedInverse(Precision precision) {
    assertThat(apply(after(make(precision, 1), precision, 4), precision))
        .containsExactly(expected(4, RHO, ALL), within(1e5 * precision.epsilon()));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 3", "5, 5", "5, 1", "1, 5", "5, 2"})
  void takesTheDiagonalOfLargeSides(int rows, int columns) {
    KroneckerLimits limits = new KroneckerLimits(rows, columns);
    KroneckerPreconditioner preconditioner =
        new KroneckerPreconditioner(Precision.DOUBLE, parameters(), DECAY, 1, limits);

    assertThat(apply(after(preconditioner, Precision.DOUBLE, 4), Precision.DOUBLE))
        .containsExactly(expected(4, RHO, limits), within(1e-9));
  }

  @Test
  void eachParameterTakesTheMeansOfScalingAndRidge() {
    KroneckerPreconditioner preconditioner = make(Precision.DOUBLE, 1);
    after(preconditioner, Precision.DOUBLE, 3);
    preconditioner.commit();
    FlatVector scaling = FlatVector.zeros(Precision.DOUBLE, N);
    FlatVector ridge = scaling.like();
    for (int i = 0; i < N; i++) {
      // Their means are 1 and 0.5 within each parameter.
      scaling.set(i, i % 2 == 0 ? 0.5 : 1.5);
      ridge.set(i, i % 2 == 0 ? 1 : 0);
    }

    preconditioner.update(probe(Precision.DOUBLE, 9), RHO, scaling, ridge);

    assertThat(apply(preconditioner, Precision.DOUBLE))
        .containsExactly(expected(4, RHO + 0.5, ALL), within(1e-9));
  }

  @Test
  void isTheIdentityWithoutAProbeThatStands() {
    KroneckerPreconditioner preconditioner = make(Precision.DOUBLE, 1);
    assertThat(preconditioner.isIdentity()).isTrue();
    update(preconditioner, Precision.DOUBLE, 0);
    assertThat(preconditioner.isIdentity()).isTrue();
    preconditioner.undo();
    preconditioner.commit();
    assertThat(preconditioner.isIdentity()).isTrue();

    update(preconditioner, Precision.DOUBLE, 0);
    preconditioner.commit();

    assertThat(preconditioner.isIdentity()).isFalse();
  }

  @Test
  void invertsAtPowersOfTwoAndThenAtIntervals() {
    KroneckerPreconditioner preconditioner = make(Precision.DOUBLE, 12);
    List<Integer> renewals = new ArrayList<>();
    double[] before = apply(preconditioner, Precision.DOUBLE);
    for (int i = 0; i < 40; i++) {
      update(preconditioner, Precision.DOUBLE, i);
      double[] now = apply(preconditioner, Precision.DOUBLE);
      if (!Arrays.equals(now, before)) {
        renewals.add(i);
      }
      before = now;
      preconditioner.commit();
    }
    assertThat(renewals).containsExactly(1, 2, 4, 8, 12, 24, 36);
  }

  @Test
  void takesFewerProbesLater() {
    KroneckerPreconditioner preconditioner = make(Precision.DOUBLE, 1);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i <= 45; i++) {
      boolean takes = preconditioner.takesProbe();
      if (takes) {
        taken.add(i);
      }
      preconditioner.update(takes ? probe(Precision.DOUBLE, i) : null, RHO, null, null);
      if (i < 45) {
        preconditioner.commit();
      }
    }
    List<Integer> all = new ArrayList<>(IntStream.range(0, 32).boxed().toList());
    all.addAll(List.of(32, 36, 40, 44));
    assertThat(taken).isEqualTo(all);
    int[] probes = all.stream().mapToInt(Integer::intValue).toArray();
    assertThat(apply(preconditioner, Precision.DOUBLE))
        .containsExactly(expected(probes, RHO, ALL), within(1e-9));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsUndoneLeavesNoTrace(Precision precision) {
    KroneckerPreconditioner one = after(make(precision, 3), precision, 12);
    KroneckerPreconditioner other = after(make(precision, 3), precision, 12);
    one.undo();
    one.update(random(precision, N, 1), 5, null, null);
    one.undo();
    update(one, precision, 12);
    one.commit();
    other.commit();

    assertThat(one.memory().averages().toDoubleArray())
        .isEqualTo(other.memory().averages().toDoubleArray());
    assertThat(one.memory().inverses().toDoubleArray())
        .isEqualTo(other.memory().inverses().toDoubleArray());
    assertThat(one.memory().count()).isEqualTo(13);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "7", "14", "34", "37"})
  void goesOnBitForBitFromItsMemory(int updates) {
    KroneckerPreconditioner one = make(Precision.FLOAT, 4);
    for (int i = 0; i < updates; i++) {
      update(one, Precision.FLOAT, i);
      one.commit();
    }
    KroneckerPreconditioner other = after(make(Precision.FLOAT, 4), Precision.FLOAT, 5);

    other.restore(one.memory());
    for (int i = updates; i < updates + 5; i++) {
      update(one, Precision.FLOAT, i);
      update(other, Precision.FLOAT, i);
      assertThat(apply(other, Precision.FLOAT)).isEqualTo(apply(one, Precision.FLOAT));
      one.commit();
      other.commit();
    }
  }

  @Test
  void aParameterWithoutCurvatureIsScaledAlone() {
    KroneckerPreconditioner preconditioner = make(Precision.DOUBLE, 1);
    FlatVector none = FlatVector.zeros(Precision.DOUBLE, N);
    preconditioner.update(none, 0.25, null, null);
    preconditioner.commit();
    preconditioner.update(none, 0.25, null, null);
    double[] r = random(Precision.DOUBLE, N, 7).toDoubleArray();
    double[] damped = apply(preconditioner, Precision.DOUBLE);
    preconditioner.update(none, 0, null, null);
    double[] undamped = apply(preconditioner, Precision.DOUBLE);

    for (int i = 0; i < N; i++) {
      assertThat(damped[i]).isCloseTo(4 * r[i], within(1e-12));
      assertThat(undamped[i]).isCloseTo(r[i], within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'7', 7",
    "'', 1",
    "'784,20', 784",
    "'5,5,1,6', 25",
    "'16,6,5,5', 16",
    "'3,3,64,64', 576",
    "'1,9', 9",
    "'1,1,7,1', 7",
    "'4,1', 4",
    "'2,2,2,2', 8"
  })
  void putsTheOutputsOnOneSide(String axes, int rows) {
    long[] shape =
        axes.isEmpty()
            ? new long[0]
            : Arrays.stream(axes.split(",")).mapToLong(Long::parseLong).toArray();

    assertThat(KroneckerBlock.rows(shape)).isEqualTo(rows);
  }

  /** Curvature B^T B (x) A^T A, badly conditioned on both sides: the case that it is made for. */
  @Test
  void solvesKroneckerSystemsInFewerIterations() {
    int rows = 12;
    int columns = 10;
    ParameterSpace space = ParameterSpace.of(Map.of("w", new long[] {rows, columns}));
    SimpleMatrix left = illConditioned(rows, 1);
    SimpleMatrix right = illConditioned(columns, 2);
    KroneckerPreconditioner preconditioner =
        new KroneckerPreconditioner(Precision.DOUBLE, space, 0.99, 1);
    FlatVector h = FlatVector.zeros(Precision.DOUBLE, rows * columns);
    for (int i = 0; i < 400; i++) {
      SimpleMatrix signs = new SimpleMatrix(rows, columns);
      FlatVector random = random(Precision.DOUBLE, rows * columns, i);
      for (int j = 0; j < rows * columns; j++) {
        signs.set(j, Math.signum(random.get(j)));
      }
      SimpleMatrix probe = left.mult(signs).mult(right.transpose());
      for (int j = 0; j < rows * columns; j++) {
        h.set(j, probe.get(j));
      }
      preconditioner.update(h, 1e-4, null, null);
      preconditioner.commit();
    }
    preconditioner.update(h, 1e-4, null, null);
    SimpleMatrix curvature = left.mult(left.transpose()).kron(right.mult(right.transpose()));
    DenseMatrix operator = new DenseMatrix(curvature.toArray2());
    FlatVector b = random(Precision.DOUBLE, rows * columns, 5);

    double plain = residual(LinearSystem.of(operator, 1e-4, b), b);
    double preconditioned =
        residual(LinearSystem.of(operator, 1e-4, b).withPreconditioner(preconditioner), b);

    assertThat(preconditioned).isLessThan(0.05 * plain);
  }

  private static SimpleMatrix illConditioned(int size, long seed) {
    SimpleMatrix random = new SimpleMatrix(size, size);
    FlatVector numbers = random(Precision.DOUBLE, size * size, seed);
    for (int i = 0; i < size * size; i++) {
      random.set(i, numbers.get(i));
    }
    SimpleMatrix q = random.svd().getU();
    SimpleMatrix scales = SimpleMatrix.identity(size);
    for (int i = 0; i < size; i++) {
      scales.set(i, i, Math.pow(10, -1.5 * i / (size - 1)));
    }
    return q.mult(scales);
  }

  private static double residual(LinearSystem system, FlatVector b) {
    FlatVector d = b.like();
    new ConjugateGradient(Precision.DOUBLE, b.length()).solve(system, new SolveLimits(12, 0), d);
    FlatVector rest = b.like();
    system.curvature().apply(d, rest);
    rest.axpy(system.damping(), d);
    rest.axpy(1, b);
    return rest.norm();
  }

  @Test
  void refusesWhatDoesNotFit() {
    KroneckerPreconditioner preconditioner = make(Precision.DOUBLE, 1);
    FlatVector empty = FlatVector.zeros(Precision.DOUBLE, 0);
    FlatVector some = FlatVector.zeros(Precision.DOUBLE, 9 + 16 + 36 + 1 + 1 + 4);

    assertThatThrownBy(() -> new KroneckerPreconditioner(Precision.FLOAT, parameters(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("decay = 1.0: must be in [0, 1)");
    assertThatThrownBy(() -> new KroneckerPreconditioner(Precision.FLOAT, parameters(), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interval = 0: must be at least 1");
    assertThatThrownBy(() -> preconditioner.restore(new Memory(some, empty, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("67 numbers of DOUBLE here; the state's has 0 of DOUBLE");
    assertThatThrownBy(() -> preconditioner.restore(new Memory(empty, empty, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> preconditioner.restore(new Memory(some, some, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    preconditioner.restore(new Memory(some, some, 1));
  }
}
