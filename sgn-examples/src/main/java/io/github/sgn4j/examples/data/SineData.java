package io.github.sgn4j.examples.data;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The noisy sine of the published runs: x uniform in [-1, 1], y = sin(frequency x) plus normal
 * noise of standard deviation 0.01; 10,000 points, of which the first 30 % are the test part.
 *
 * <p>Noise alone has a mean square of 1e-4: no network's train loss should end much below that.
 */
public final class SineData {

  /** Number of points, both parts together. */
  public static final int POINTS = 10_000;

  /** Number of points in the test part. */
  public static final int TEST_POINTS = 3_000;

  /** Standard deviation of the noise. */
  public static final double NOISE = 0.01;

  private SineData() {}

  /**
   * Generates the points. The same seed gives the same points on every machine.
   *
   * @param frequency factor of x within the sine; the published runs took 10 and 100
   * @param type FLOAT or DOUBLE
   */
  public static TrainTest generate(double frequency, long seed, DataType type) {
    Random random = new Random(seed);
    double[] x = new double[POINTS];
    double[] y = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      x[i] = 2 * random.nextDouble() - 1;
      y[i] = StrictMath.sin(frequency * x[i]) + NOISE * random.nextGaussian();
    }
    return new TrainTest(
        Task.REGRESSION,
        1,
        samples(x, y, TEST_POINTS, POINTS, type),
        samples(x, y, 0, TEST_POINTS, type));
  }

  private static Samples samples(double[] x, double[] y, int from, int to, DataType type) {
    return new Samples(column(x, from, to, type), column(y, from, to, type));
  }

  private static INDArray column(double[] values, int from, int to, DataType type) {
    double[] part = Arrays.copyOfRange(values, from, to);
    return Nd4j.createFromArray(part).reshape(to - from, 1).castTo(type);
  }
}
