package io.github.sgn4j.checkpoint;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.Evaluation;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.ParameterSpace;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.training.Checkpoint;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingPosition;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link BodyWriter} wrote. The checksum was right, so that only a file made on purpose,
 * or by a program with a defect, fails here; it is refused all the same.
 */
final class BodyReader {

  private static final int CHUNK = 8192;
  private static final int MOST_DIMENSIONS = 32;

  /** An empty vector takes more memory than bytes of the file: there is a limit of them. */
  private static final int MOST_ENTRIES = 1000;

  private final BoundedInput in;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Double.BYTES);

  BodyReader(BoundedInput in) {
    this.in = in;
  }

  /**
   * The checkpoint.
   *
   * @throws CheckpointException if the content is not one
   */
  Checkpoint read() throws IOException {
    try {
      String optimizer = in.readText();
      ParameterSpace parameters = parameters();
      OptimizerState state = state(optimizer);
      double averaging = in.readDouble();
      long averageCount = averaging > 0 ? in.readLong() : 0;
      FlatVector average = averaging > 0 ? vector() : null;
      int keptEpoch = in.readInt();
      if (!(averaging >= 0) || keptEpoch < 0) {
        throw in.failure("averaging " + averaging + ", kept epoch " + keptEpoch);
      }
      FlatVector kept = keptEpoch > 0 ? vector() : null;
      Checkpoint.Builder checkpoint = Checkpoint.builder(optimizer, state, parameters, position());
      if (average != null) {
        checkpoint.average(averaging, averageCount, average);
      }
      if (kept != null) {
        checkpoint.kept(keptEpoch, kept);
      }
      int attachments = entries(2 * Integer.BYTES);
      for (int i = 0; i < attachments; i++) {
        checkpoint.attachment(in.readText(), in.readBytes());
      }
      in.requireEnd();
      return checkpoint.build();
    } catch (EOFException e) {
      throw in.failure("its content ends too early");
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw in.failure(e);
    }
  }

  private int entries(int bytesEach) throws IOException {
    int count = in.readCount(bytesEach);
    if (count > MOST_ENTRIES) {
      throw in.failure("a number of entries is " + count);
    }
    return count;
  }

  private ParameterSpace parameters() throws IOException {
    int count = in.readCount(2 * Integer.BYTES);
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.readText();
      int rank = in.readCount(Long.BYTES);
      if (rank > MOST_DIMENSIONS || shapes.containsKey(name)) {
        throw in.failure("parameter " + (i + 1) + " has rank " + rank + ", or stands there twice");
      }
      long[] shape = new long[rank];
      for (int d = 0; d < rank; d++) {
        shape[d] = in.readLong();
      }
      shapes.put(name, shape);
    }
    return ParameterSpace.of(shapes);
  }

  private OptimizerState state(String optimizer) throws IOException {
    long stepCount = in.readLong();
    OptimizerState.Builder state = OptimizerState.builder(stepCount, vector()).memory(vector());
    state.optimizer(optimizer);
    state.dampingPolicy(in.readText());
    double[] damping = new double[in.readCount(Double.BYTES)];
    for (int i = 0; i < damping.length; i++) {
      damping[i] = in.readDouble();
    }
    state.damping(damping);
    int vectors = entries(2 * Integer.BYTES + 1);
    for (int i = 0; i < vectors; i++) {
      state.vector(in.readText(), vector());
    }
    int counts = entries(Integer.BYTES + Long.BYTES);
    for (int i = 0; i < counts; i++) {
      state.count(in.readText(), in.readLong());
    }
    return state.build();
  }

  private TrainingPosition position() throws IOException {
    int count = in.readCount(5 * Double.BYTES + 2 * Integer.BYTES + 2);
    List<EpochReport> reports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reports.add(
          new EpochReport(
              in.readInt(),
              in.readDouble(),
              in.readDouble(),
              new Evaluation(in.readDouble(), in.readDouble()),
              in.readBoolean(),
              in.readDouble(),
              in.readInt(),
              in.readBoolean()));
    }
    return new TrainingPosition(
        reports,
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readLong(),
        in.readLong(),
        in.readInt());
  }

  private FlatVector vector() throws IOException {
    int bytes = in.readByte();
    if (bytes != Float.BYTES && bytes != Double.BYTES) {
      throw in.failure("a vector has numbers of " + bytes + " bytes");
    }
    int length = in.readCount(bytes);
    Precision precision = bytes == Float.BYTES ? Precision.FLOAT : Precision.DOUBLE;
    FlatVector vector = FlatVector.zeros(precision, length);
    for (int from = 0; from < length; from += CHUNK) {
      int count = Math.min(CHUNK, length - from);
      in.readFully(chunk.array(), count * bytes);
      if (vector instanceof FloatVector x) {
        chunk.asFloatBuffer().get(x.array(), x.arrayOffset() + from, count);
      } else if (vector instanceof DoubleVector x) {
        chunk.asDoubleBuffer().get(x.array(), x.arrayOffset() + from, count);
      }
    }
    return vector;
  }
}
