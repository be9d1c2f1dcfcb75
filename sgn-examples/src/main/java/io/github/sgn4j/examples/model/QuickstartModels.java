package io.github.sgn4j.examples.model;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.weightinit.impl.XavierInitScheme;

/**
 * The two networks for MNIST with which Deeplearning4j introduces SameDiff (its examples
 * "MNISTFeedforward" and "MNISTCNN"), layer by layer as they are documented there: not made for
 * this library, and not in the form that its own networks have. Both take {@value #INPUT} [N, 784]
 * with pixels in [0, 1] and one-hot {@value #LABEL} [N, 10], give probabilities, and declare their
 * loss.
 */
public final class QuickstartModels {

  /** Name of the input placeholder. */
  public static final String INPUT = "input";

  /** Name of the placeholder for the classes. */
  public static final String LABEL = "label";

  /** Name of the probabilities that the feed-forward network's loss is composed of. */
  public static final String PROBABILITIES = "softmax";

  /** Name of the convolutional network's output before its softmax. */
  public static final String LOGITS = "z";

  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  private QuickstartModels() {}

  /**
   * 784-128-10 with tanh; its loss is the mean squared difference between probabilities and labels,
   * composed of basic ops. The initial weights come from ND4J's random generator.
   */
  public static SameDiff feedforward() {
    SameDiff sd = SameDiff.create();
    int hidden = 128;
    SDVariable input = sd.placeHolder(INPUT, DataType.FLOAT, -1, SIDE * SIDE);
    SDVariable label = sd.placeHolder(LABEL, DataType.FLOAT, -1, CLASSES);
    SDVariable w0 = xavier(sd, "w0", SIDE * SIDE, hidden, SIDE * SIDE, hidden);
    SDVariable activations = sd.nn().tanh(input.mmul(w0).add(sd.zero("b0", 1, hidden)));
    SDVariable w1 = xavier(sd, "w1", hidden, CLASSES, hidden, CLASSES);
    SDVariable z = activations.mmul(w1).add("prediction", sd.zero("b1", 1, CLASSES));
    SDVariable probabilities = sd.nn().softmax(PROBABILITIES, z);
    sd.setLossVariables(sd.math().squaredDifference(probabilities, label).mean());
    return sd;
  }

  /**
   * Two convolutions 3x3, of 4 and 8 channels, each with maximum pooling 2x2 and then relu, and a
   * linear layer; images are channels first. Its loss is SameDiff's softmax cross-entropy, applied,
   * as documented, to probabilities instead of logits.
   */
  public static SameDiff cnn() {
    SameDiff sd = SameDiff.create();
    SDVariable input = sd.placeHolder(INPUT, DataType.FLOAT, -1, SIDE * SIDE);
    SDVariable label = sd.placeHolder(LABEL, DataType.FLOAT, -1, CLASSES);
    SDVariable images = input.reshape(-1, 1, SIDE, SIDE);
    SDVariable w0 = xavier(sd, "w0", 28 * 28, 26 * 26 * 4, 3, 3, 1, 4);
    SDVariable first = block(sd, images, w0, sd.zero("b0", 4));
    SDVariable w1 = xavier(sd, "w1", 13 * 13 * 4, 11 * 11 * 8, 3, 3, 4, 8);
    SDVariable second = block(sd, first, w1, sd.zero("b1", 8));
    int features = 5 * 5 * 8;
    SDVariable wOut = xavier(sd, "wOut", features, CLASSES, features, CLASSES);
    SDVariable z =
        sd.nn().linear(LOGITS, second.reshape(-1, features), wOut, sd.zero("bOut", CLASSES));
    SDVariable probabilities = sd.nn().softmax("out", z, 1);
    sd.setLossVariables(sd.loss().softmaxCrossEntropy("loss", label, probabilities, null));
    return sd;
  }

  private static SDVariable block(SameDiff sd, SDVariable x, SDVariable w, SDVariable b) {
    Conv2DConfig convolution = Conv2DConfig.builder().kH(3).kW(3).build();
    Pooling2DConfig pooling = Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).build();
    SDVariable pooled = sd.cnn().maxPooling2d(sd.cnn().conv2d(x, w, b, convolution), pooling);
    return sd.nn().relu(pooled, 0);
  }

  private static SDVariable xavier(SameDiff sd, String name, int in, int out, long... shape) {
    return sd.var(name, new XavierInitScheme('c', in, out), DataType.FLOAT, shape);
  }
}
