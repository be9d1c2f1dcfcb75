package io.github.sgn4j.curvature;

import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.testkit.PlainBatch;
import io.github.sgn4j.testkit.PlainMlp;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** A classifier by hand, its data, and matrices written out. */
final class SmallNet {

  final PlainMlp objective;
  final FlatVector theta;
  final PlainBatch batch;

  /** A network of those units, sigmoid between them, at random weights. */
  SmallNet(Precision precision, int... units) {
    Random random = new Random(11);
    int parameters = 0;
    for (int l = 0; l + 1 < units.length; l++) {
      parameters += (units[l] + 1) * units[l + 1];
    }
    objective =
        new PlainMlp(units, PlainMlp.Loss.CROSS_ENTROPY, precision, normal(random, parameters));
    theta = objective.initialParameters();
    int samples = 12;
    int classes = units[units.length - 1];
    double[][] inputs = new double[samples][];
    double[][] targets = new double[samples][classes];
    for (int s = 0; s < samples; s++) {
      inputs[s] = normal(random, units[0]);
      targets[s][random.nextInt(classes)] = 1;
    }
    batch = new PlainBatch(inputs, targets);
  }

  static double[] normal(Random random, int length) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  static FlatVector normal(Precision precision, int length, long seed) {
    return FlatVector.of(precision, normal(new Random(seed), length));
  }

  GaussNewton gaussNewton() {
    return new GaussNewton(objective.linearize(theta, batch), theta.length());
  }

  HessianOperator hessian() {
    return new HessianOperator(objective, theta, batch);
  }

  /** The matrix of an operator, column by column, as rows of a symmetrized matrix. */
  static double[][] dense(CurvatureOperator operator, Precision precision) {
    int n = operator.dimension();
    double[][] matrix = new double[n][n];
    FlatVector unit = FlatVector.zeros(precision, n);
    FlatVector column = unit.like();
    for (int j = 0; j < n; j++) {
      unit.fill(0);
      unit.set(j, 1);
      operator.apply(unit, column);
      for (int i = 0; i < n; i++) {
        matrix[i][j] += column.get(i) / 2;
        matrix[j][i] += column.get(i) / 2;
      }
    }
    return matrix;
  }

  /** The eigenvalues of a symmetric matrix, ascending. */
  static double[] eigenvalues(double[][] matrix) {
    int n = matrix.length;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
    if (!eigen.decompose(new DMatrixRMaj(matrix))) {
      throw new IllegalStateException("no eigenvalues");
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = eigen.getEigenvalue(i).getReal();
    }
    Arrays.sort(values);
    return values;
  }

  static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }
}
