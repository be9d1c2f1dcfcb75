package io.github.sgn4j.samediff;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** A convolutional layer in a test network, put together option by option. */
final class ConvLayer {

  enum Bias {
    NONE,
    INPUT,
    ADD,
    BIAS_ADD
  }

  private final int kernelHeight;
  private final int kernelWidth;
  private final int filters;
  private int channels = 2;
  private int strideHeight = 1;
  private int strideWidth = 1;
  private int padding;
  private int dilationHeight = 1;
  private int dilationWidth = 1;
  private boolean same;
  private boolean channelsFirst;
  private Bias bias = Bias.INPUT;
  private String activation = "";
  private int poolSize;
  private int poolStride;
  private boolean poolFirst;
  private boolean poolSame;

  ConvLayer(int kernelHeight, int kernelWidth, int filters) {
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.filters = filters;
  }

  ConvLayer channels(int count) {
    channels = count;
    return this;
  }

  ConvLayer stride(int height, int width) {
    strideHeight = height;
    strideWidth = width;
    return this;
  }

  ConvLayer padding(int size) {
    padding = size;
    return this;
  }

  ConvLayer dilation(int height, int width) {
    dilationHeight = height;
    dilationWidth = width;
    return this;
  }

  ConvLayer same() {
    same = true;
    return this;
  }

  ConvLayer channelsFirst() {
    channelsFirst = true;
    return this;
  }

  ConvLayer bias(Bias kind) {
    bias = kind;
    return this;
  }

  ConvLayer activation(String name) {
    activation = name;
    return this;
  }

  ConvLayer pool(int size, int stride) {
    poolSize = size;
    poolStride = stride;
    return this;
  }

  ConvLayer poolSame() {
    poolSame = true;
    return this;
  }

  /** Pools before the activation. */
  ConvLayer poolFirst() {
    poolFirst = true;
    return this;
  }

  SDVariable weights(Net net) {
    return net.parameter(kernelHeight, kernelWidth, channels, filters);
  }

  /** Applies it with new parameters. */
  SDVariable of(Net net, SDVariable x) {
    return of(net, x, weights(net));
  }

  /** Applies it with given filters and a new bias. */
  SDVariable of(Net net, SDVariable x, SDVariable w) {
    Conv2DConfig config =
        Conv2DConfig.builder()
            .kH(kernelHeight)
            .kW(kernelWidth)
            .sH(strideHeight)
            .sW(strideWidth)
            .pH(padding)
            .pW(padding)
            .dH(dilationHeight)
            .dW(dilationWidth)
            .paddingMode(same ? PaddingMode.SAME : PaddingMode.VALID)
            .dataFormat(channelsFirst ? "NCHW" : "NHWC")
            .build();
    SDVariable y =
        bias == Bias.INPUT
            ? net.sd.cnn.conv2d(x, w, net.parameter(filters), config)
            : net.sd.cnn.conv2d(x, w, config);
    if (bias == Bias.BIAS_ADD) {
      y = net.sd.nn.biasAdd(y, net.parameter(filters), channelsFirst);
    } else if (bias == Bias.ADD) {
      y = y.add(channelsFirst ? net.parameter(1, filters, 1, 1) : net.parameter(filters));
    }
    if (poolFirst) {
      return activate(net, pool(net, y));
    }
    return pool(net, activate(net, y));
  }

  private SDVariable activate(Net net, SDVariable y) {
    return switch (activation) {
      case "relu" -> net.sd.nn.relu(y, 0);
      case "tanh" -> net.sd.nn.tanh(y);
      case "sigmoid" -> net.sd.nn.sigmoid(y);
      default -> y;
    };
  }

  private SDVariable pool(Net net, SDVariable y) {
    if (poolSize == 0) {
      return y;
    }
    return net.sd.cnn.maxPooling2d(
        y,
        Pooling2DConfig.builder()
            .kH(poolSize)
            .kW(poolSize)
            .sH(poolStride)
            .sW(poolStride)
            .paddingMode(poolSame ? PaddingMode.SAME : PaddingMode.VALID)
            .isNHWC(!channelsFirst)
            .build());
  }
}
