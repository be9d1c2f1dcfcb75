package io.github.sgn4j.examples.model;

import io.github.sgn4j.examples.IoReasons;
import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a convolutional network between the image and its linear output layer, which is not
 * among them: it has as many outputs as there are classes.
 *
 * @param name of the file or of the bundled architecture
 * @param convLayers those that take images, in order
 * @param denseLayers those that follow, in order
 */
public record ConvArchitecture(
    String name, List<ConvLayer> convLayers, List<DenseLayer> denseLayers) {

  /**
   * Names that {@link #bundled} knows: {@code fashion} and {@code cifar10} are those of the
   * published runs; {@code lenet5} is LeNet-5 as it is commonly given today, with relu and
   * max-pooling in the place of the original's sigmoids and trained averages.
   */
  public static final List<String> BUNDLED = List.of("fashion", "cifar10", "lenet5");

  /** Much more than any machine holds, and safe to multiply. */
  private static final int MOST_NUMBERS = Integer.MAX_VALUE;

  /** Takes copies of the lists. */
  public ConvArchitecture {
    convLayers = List.copyOf(convLayers);
    denseLayers = List.copyOf(denseLayers);
  }

  /**
   * An architecture that comes with the program.
   *
   * @param name one of {@link #BUNDLED}
   * @throws ArchitectureException if there is none of that name
   */
  public static ConvArchitecture bundled(String name) {
    if (!BUNDLED.contains(name)) {
      throw new ArchitectureException(
          "There is no bundled architecture \""
              + name
              + "\".\nChoose one of "
              + String.join(", ", BUNDLED)
              + ", or name a JSON file.");
    }
    try (InputStream in = ConvArchitecture.class.getResourceAsStream(name + ".json")) {
      return new ArchitectureReader(name).read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a JSON file: {@code {"conv_layers": {"layer0": {...}, ...}, "mlp_layers": {...}}}, the
   * layers ordered by the number in their names. Layers are {@code {"type": "CONV", "num_filters",
   * "filter_size", "padding", "stride"}} (padding 0 and stride 1 where they are left out), {@code
   * {"type": "ACT", "activation"}}, {@code {"type": "POOL", "pool_size", "stride"}} and, among
   * mlp_layers, {@code {"type": "FC", "output_size", "activation"}}.
   *
   * @throws ArchitectureException if it cannot be read, or anything in it is unknown or missing
   */
  public static ConvArchitecture read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ArchitectureException(
          "Cannot read the architecture "
              + file
              + ": "
              + (Files.isDirectory(file) ? "it is a folder" : IoReasons.of(e))
              + ".\nName a JSON file, or one of "
              + String.join(", ", BUNDLED)
              + ".",
          e);
    }
    return new ArchitectureReader(file.toString()).read(bytes);
  }

  /**
   * Shapes from the image on, one more than there are layers that take images.
   *
   * @throws ArchitectureException if a layer does not fit
   */
  public List<ImageShape> shapes(ImageShape image) {
    List<ImageShape> shapes = new ArrayList<>(List.of(image));
    ImageShape shape = image;
    for (ConvLayer layer : convLayers) {
      if (layer instanceof Convolution conv && !conv.isComputable(shape)) {
        throw new ArchitectureException(
            conv + " on " + shape + " takes more than any memory.\nMake it smaller.");
      }
      shape = layer.output(shape);
      if (shape.height() > MOST_NUMBERS / shape.width()
          || shape.height() * shape.width() > MOST_NUMBERS / shape.channels()) {
        throw new ArchitectureException(
            layer + " makes " + shape + " of one image: that fits no memory.\nMake it smaller.");
      }
      shapes.add(shape);
    }
    return shapes;
  }

  /** In one line, such as "conv 6@5x5, relu, pool 2x2, FC 120 relu". */
  public String summary() {
    List<String> parts = new ArrayList<>();
    for (ConvLayer layer : convLayers) {
      if (layer instanceof Convolution conv) {
        parts.add(
            "conv %d@%dx%d".formatted(conv.filters(), conv.filterSize(), conv.filterSize())
                + (conv.padding() == 0 ? "" : " padding " + conv.padding())
                + (conv.stride() == 1 ? "" : " stride " + conv.stride()));
      } else if (layer instanceof Pooling pool) {
        parts.add(
            "pool %dx%d".formatted(pool.size(), pool.size())
                + (pool.stride() == pool.size() ? "" : " stride " + pool.stride()));
      } else if (layer instanceof ConvLayer.Nonlinearity nonlinearity) {
        parts.add(nonlinearity.activation().key());
      }
    }
    denseLayers.forEach(
        layer -> parts.add("FC " + layer.outputSize() + " " + layer.activation().key()));
    return String.join(", ", parts);
  }

  /** As {@link #read} would read it, the layers numbered anew. */
  public Map<String, Object> toMap() {
    Map<String, Object> conv = new LinkedHashMap<>();
    convLayers.forEach(layer -> conv.put("layer" + conv.size(), layer.toMap()));
    Map<String, Object> dense = new LinkedHashMap<>();
    denseLayers.forEach(layer -> dense.put("layer" + dense.size(), layer.toMap()));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("conv_layers", conv);
    map.put("mlp_layers", dense);
    return map;
  }
}
