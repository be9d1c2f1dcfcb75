package io.github.sgn4j.benchmarks;

import io.github.sgn4j.examples.model.ConvArchitecture;
import io.github.sgn4j.examples.model.ConvLayer;
import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import io.github.sgn4j.examples.model.DenseLayer;
import io.github.sgn4j.examples.model.ImageShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer as a matrix product.
 *
 * @param rows samples, for a convolution times the output positions that are needed
 * @param inputs inner dimension, for a convolution the numbers in a patch
 * @param outputs units or filters
 */
record LayerProduct(int rows, int inputs, int outputs) {

  /**
   * Floating-point operations of all matrix products in one Gauss-Newton product: x dW and x^T u in
   * every layer, dx W and u W^T behind the first one.
   */
  static double productFlops(List<LayerProduct> layers) {
    double flops = 0;
    for (int i = 0; i < layers.size(); i++) {
      LayerProduct layer = layers.get(i);
      flops += (i == 0 ? 2 : 4) * 2.0 * layer.rows * layer.inputs * layer.outputs;
    }
    return flops;
  }

  /** Those of a convolutional network. */
  static List<LayerProduct> of(
      ConvArchitecture architecture, ImageShape image, int samples, int classes) {
    List<LayerProduct> products = new ArrayList<>();
    List<ImageShape> shapes = architecture.shapes(image);
    List<ConvLayer> layers = architecture.convLayers();
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Convolution conv) {
        int patch = conv.filterSize() * conv.filterSize() * shapes.get(i).channels();
        int stride = poolStride(layers, i + 1);
        int height = shapes.get(i + 1).height() / stride * stride;
        int width = shapes.get(i + 1).width() / stride * stride;
        products.add(new LayerProduct(samples * height * width, patch, conv.filters()));
      }
    }
    int width = Math.toIntExact(shapes.get(shapes.size() - 1).size());
    for (DenseLayer layer : architecture.denseLayers()) {
      products.add(new LayerProduct(samples, width, layer.outputSize()));
      width = layer.outputSize();
    }
    products.add(new LayerProduct(samples, width, classes));
    return products;
  }

  /** The stride of the pooling that comes before the next convolution; 1 if there is none. */
  private static int poolStride(List<ConvLayer> layers, int from) {
    for (int i = from; i < layers.size() && !(layers.get(i) instanceof Convolution); i++) {
      if (layers.get(i) instanceof Pooling pool) {
        return pool.stride();
      }
    }
    return 1;
  }
}
