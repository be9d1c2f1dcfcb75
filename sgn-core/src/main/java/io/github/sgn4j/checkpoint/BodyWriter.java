package io.github.sgn4j.checkpoint;

import io.github.sgn4j.objective.DoubleVector;
import io.github.sgn4j.objective.FlatVector;
import io.github.sgn4j.objective.FloatVector;
import io.github.sgn4j.objective.Parameter;
import io.github.sgn4j.objective.Precision;
import io.github.sgn4j.optimizer.OptimizerState;
import io.github.sgn4j.training.Checkpoint;
import io.github.sgn4j.training.EpochReport;
import io.github.sgn4j.training.TrainingPosition;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes a checkpoint's content; {@link BodyReader} is its mirror image. */
final class BodyWriter {

  /** Numbers that are turned into bytes at once. */
  private static final int CHUNK = 8192;

  private final DataOutputStream out;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Double.BYTES);

  BodyWriter(DataOutputStream out) {
    this.out = out;
  }

  void write(Checkpoint checkpoint) throws IOException {
    text(checkpoint.optimizer());
    parameters(checkpoint.parameters().all());
    state(checkpoint.state());
    out.writeDouble(checkpoint.averaging());
    if (checkpoint.averaging() > 0) {
      out.writeLong(checkpoint.averageCount());
      vector(checkpoint.average());
    }
    out.writeInt(checkpoint.keptEpoch());
    if (checkpoint.keptEpoch() > 0) {
      vector(checkpoint.kept());
    }
    position(checkpoint.position());
    Map<String, byte[]> attachments = checkpoint.attachments();
    out.writeInt(attachments.size());
    for (Map.Entry<String, byte[]> attachment : attachments.entrySet()) {
      text(attachment.getKey());
      out.writeInt(attachment.getValue().length);
      out.write(attachment.getValue());
    }
    out.flush();
  }

  private void parameters(List<Parameter> parameters) throws IOException {
    out.writeInt(parameters.size());
    for (Parameter parameter : parameters) {
      text(parameter.name());
      long[] shape = parameter.shape();
      out.writeInt(shape.length);
      for (long dimension : shape) {
        out.writeLong(dimension);
      }
    }
  }

  private void state(OptimizerState state) throws IOException {
    out.writeLong(state.stepCount());
    vector(state.theta());
    vector(state.memory());
    text(state.dampingPolicy());
    double[] damping = state.dampingMemory();
    out.writeInt(damping.length);
    for (double number : damping) {
      out.writeDouble(number);
    }
    Map<String, FlatVector> vectors = state.vectors();
    out.writeInt(vectors.size());
    for (Map.Entry<String, FlatVector> vector : vectors.entrySet()) {
      text(vector.getKey());
      vector(vector.getValue());
    }
    Map<String, Long> counts = state.counts();
    out.writeInt(counts.size());
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      text(count.getKey());
      out.writeLong(count.getValue());
    }
  }

  private void position(TrainingPosition position) throws IOException {
    out.writeInt(position.epochs().size());
    for (EpochReport report : position.epochs()) {
      out.writeInt(report.epoch());
      out.writeDouble(report.avgLoss());
      out.writeDouble(report.metric());
      out.writeDouble(report.evaluation().loss());
      out.writeDouble(report.evaluation().metric());
      out.writeBoolean(report.averaged());
      out.writeDouble(report.trainingSeconds());
      out.writeInt(report.steps());
      out.writeBoolean(report.complete());
    }
    out.writeInt(position.stepsOfEpoch());
    out.writeDouble(position.lossSum());
    out.writeDouble(position.metricSum());
    out.writeLong(position.steps());
    out.writeLong(position.trainingNanos());
    out.writeInt(position.batchesPerEpoch());
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void vector(FlatVector vector) throws IOException {
    out.writeByte(vector.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES);
    out.writeInt(vector.length());
    for (int from = 0; from < vector.length(); from += CHUNK) {
      int count = Math.min(CHUNK, vector.length() - from);
      int bytes = 0;
      if (vector instanceof FloatVector x) {
        chunk.asFloatBuffer().put(x.array(), x.arrayOffset() + from, count);
        bytes = count * Float.BYTES;
      } else if (vector instanceof DoubleVector x) {
        chunk.asDoubleBuffer().put(x.array(), x.arrayOffset() + from, count);
        bytes = count * Double.BYTES;
      }
      out.write(chunk.array(), 0, bytes);
    }
  }
}
