package io.github.sgn4j.golden;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sgn4j.testkit.PlainBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What all trace files share: a network, its initial parameters and the batches. */
final class TraceFile {

  private static final String LAYOUT_START =
      "theta = [W0 (units[0] x units[1], row-major: input index slow), b0";

  private final String name;
  private final Trace root;
  private final boolean classification;
  private final int[] units;
  private final double[] theta0;
  private final List<PlainBatch> batches = new ArrayList<>();

  private TraceFile(String name, JsonNode node) {
    this.name = name;
    root = new Trace("", node);
    classification = readMode();
    units = readUnits();
    theta0 = root.vector("theta0");
    int dimension = 0;
    for (int l = 0; l + 1 < units.length; l++) {
      dimension += (units[l] + 1) * units[l + 1];
    }
    if (theta0.length != dimension || root.integer("N_par") != dimension) {
      throw new TraceFormatException(
          "theta0 has %d elements and N_par is %d, but the layers need %d"
              .formatted(theta0.length, root.integer("N_par"), dimension));
    }
    for (Trace batch : root.get("batches").elements()) {
      batches.add(readBatch(batch));
    }
    if (batches.isEmpty()) {
      throw new TraceFormatException("there are no batches");
    }
  }

  /** Reads a file. */
  static TraceFile read(Path path) {
    try {
      String text = Files.readString(path);
      return of(String.valueOf(path.getFileName()), parse(text));
    } catch (IOException e) {
      throw new TraceFormatException("cannot read " + path + " as JSON: " + e.getMessage(), e);
    }
  }

  /** The tree of a JSON text, bare NaN and Infinity included. */
  static JsonNode parse(String text) throws IOException {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .build()
        .readTree(text);
  }

  static TraceFile of(String name, JsonNode node) {
    return new TraceFile(name, node);
  }

  private boolean readMode() {
    String mode = root.text("mode");
    String loss = root.text("loss");
    String layout = root.text("layout");
    if (!layout.startsWith(LAYOUT_START)) {
      throw new TraceFormatException("unknown layout '" + layout + "'");
    }
    if (mode.equals("classification") && loss.equals("mean cross entropy (softmax)")) {
      return true;
    }
    if (mode.equals("regression") && loss.equals("mean((y-y_hat)**2)")) {
      return false;
    }
    throw new TraceFormatException("unknown mode '" + mode + "' with loss '" + loss + "'");
  }

  private int[] readUnits() {
    List<Trace> hidden = root.get("layers").elements();
    int[] sizes = new int[hidden.size() + 2];
    sizes[0] = root.integer("inputs");
    for (int l = 0; l < hidden.size(); l++) {
      sizes[l + 1] = hidden.get(l).integer();
    }
    sizes[sizes.length - 1] = root.integer("outputs");
    for (int size : sizes) {
      if (size < 1) {
        throw new TraceFormatException("a layer has " + size + " units");
      }
    }
    return sizes;
  }

  private PlainBatch readBatch(Trace batch) {
    double[][] inputs = batch.matrix("X");
    int outputs = units[units.length - 1];
    double[][] targets;
    if (!classification) {
      targets = batch.matrix("y");
    } else {
      double[] classes = batch.vector("y");
      targets = new double[classes.length][outputs];
      for (int s = 0; s < classes.length; s++) {
        int index = (int) classes[s];
        if (index != classes[s] || index < 0 || index >= outputs) {
          throw new TraceFormatException(
              batch.place() + ".y[" + s + "] = " + classes[s] + " is no class index");
        }
        targets[s][index] = 1;
      }
    }
    boolean fits = inputs.length > 0 && inputs.length == targets.length;
    for (double[] row : inputs) {
      fits &= row.length == units[0];
    }
    for (double[] row : targets) {
      fits &= row.length == outputs;
    }
    if (!fits) {
      throw new TraceFormatException(
          batch.place() + " does not hold as many targets as inputs of the network's sizes");
    }
    return new PlainBatch(inputs, targets);
  }

  String name() {
    return name;
  }

  Trace root() {
    return root;
  }

  boolean classification() {
    return classification;
  }

  /** Inputs, hidden layers, outputs. */
  int[] units() {
    return units.clone();
  }

  double[] theta0() {
    return theta0.clone();
  }

  List<PlainBatch> batches() {
    return batches;
  }

  /** The batch a step or block names; it must exist. */
  int batchIndex(Trace entry) {
    int index = entry.integer("batch");
    if (index < 0 || index >= batches.size()) {
      throw new TraceFormatException(entry.place() + ".batch = " + index + ": no such batch");
    }
    return index;
  }
}
