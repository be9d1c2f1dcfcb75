package io.github.sgn4j.examples.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.sgn4j.examples.model.ConvLayer.Convolution;
import io.github.sgn4j.examples.model.ConvLayer.Nonlinearity;
import io.github.sgn4j.examples.model.ConvLayer.Pooling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads architectures from JSON, in the format that {@link ConvArchitecture#read} describes.
 * Whatever is not understood is refused: a network with a layer less than its author believes in
 * trains as well.
 */
final class ArchitectureReader {

  private static final String CONV_LAYERS = "conv_layers";
  private static final String MLP_LAYERS = "mlp_layers";
  private static final Pattern KEY = Pattern.compile("\\D*(\\d{1,9})");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String source;

  /** A reader that calls what it reads by that name. */
  ArchitectureReader(String source) {
    this.source = source;
  }

  ConvArchitecture read(byte[] json) {
    JsonNode root = parse(json);
    if (root == null || !root.isObject()) {
      throw wrong(
          "it should be an object with " + CONV_LAYERS + " and " + MLP_LAYERS, "Write such a file");
    }
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals(CONV_LAYERS) && !field.getKey().equals(MLP_LAYERS)) {
        throw wrong(
            "unknown field \"" + field.getKey() + "\"",
            "There are " + CONV_LAYERS + " and " + MLP_LAYERS);
      }
    }
    return new ConvArchitecture(
        source,
        layers(root, CONV_LAYERS, this::convLayer),
        layers(root, MLP_LAYERS, this::denseLayer));
  }

  private JsonNode parse(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
      String what = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
      throw new ArchitectureException(
          "The architecture " + source + " is not JSON: " + where + what + ".\nMend it there.", e);
    } catch (IOException e) {
      // Bytes that are no text in any encoding of JSON.
      throw new ArchitectureException(
          "The architecture " + source + " is not JSON: it is no text.\nName a JSON file.", e);
    }
  }

  private <T> List<T> layers(JsonNode root, String group, Function<Fields, T> make) {
    JsonNode node = root.get(group);
    if (node == null || !node.isObject()) {
      throw wrong(
          group + (node == null ? " is missing" : " is not an object"),
          "Name layers in it: \"" + group + "\": {\"layer0\": {...}}, or none: {}");
    }
    SortedMap<Integer, Fields> ordered = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Fields fields = new Fields(group, entry.getKey(), entry.getValue());
      Fields other = ordered.put(fields.number(), fields);
      if (other != null) {
        throw fields.wrong(
            "has the same number as " + other.key, "Number the layers of " + group + " uniquely");
      }
    }
    List<T> layers = new ArrayList<>();
    ordered.values().forEach(fields -> layers.add(make.apply(fields)));
    return layers;
  }

  private ConvLayer convLayer(Fields fields) {
    String type = fields.type();
    return switch (type) {
      case "CONV" -> {
        fields.allow("num_filters", "filter_size", "padding", "stride");
        yield new Convolution(
            fields.key,
            fields.count("num_filters"),
            fields.count("filter_size"),
            fields.number("padding", 0, 0),
            fields.number("stride", 1, 1));
      }
      case "ACT" -> {
        fields.allow("activation");
        yield new Nonlinearity(fields.key, fields.activation());
      }
      case "POOL" -> {
        fields.allow("pool_size", "stride");
        int size = fields.count("pool_size");
        yield new Pooling(fields.key, size, fields.count("stride"));
      }
      case "FC" ->
          throw fields.wrong(
              "is of type FC, which takes no images",
              "Move it to " + MLP_LAYERS + ", or remove it");
      default ->
          throw fields.wrong(
              "has the unknown type \"" + type + "\"", "The types are CONV, ACT and POOL");
    };
  }

  private DenseLayer denseLayer(Fields fields) {
    String type = fields.type();
    if (!type.equals("FC")) {
      throw fields.wrong(
          "has the type \"" + type + "\"",
          "Only FC layers may follow the images: move it to " + CONV_LAYERS + ", or remove it");
    }
    fields.allow("output_size", "activation");
    return new DenseLayer(fields.key, fields.count("output_size"), fields.activation());
  }

  private ArchitectureException wrong(String what, String remedy) {
    return new ArchitectureException(
        "The architecture " + source + " cannot be used: " + what + ".\n" + remedy + ".");
  }

  /** The fields of one layer. */
  private final class Fields {

    private final String group;
    private final String key;
    private final JsonNode node;

    Fields(String group, String key, JsonNode node) {
      this.group = group;
      this.key = key;
      this.node = node;
      if (!node.isObject()) {
        throw wrong("is not an object", "Write {\"type\": ...}");
      }
    }

    int number() {
      Matcher matcher = KEY.matcher(key);
      if (!matcher.matches()) {
        throw wrong("has no number at its end", "Layers are ordered by it: layer0, layer1, ...");
      }
      return Integer.parseInt(matcher.group(1));
    }

    String type() {
      JsonNode type = node.get("type");
      if (type == null || !type.isTextual()) {
        throw wrong("has no type", "The types are CONV, ACT, POOL and FC");
      }
      return type.textValue();
    }

    void allow(String... names) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        if (!field.getKey().equals("type") && !List.of(names).contains(field.getKey())) {
          throw wrong(
              "has the unknown field \"" + field.getKey() + "\"",
              type() + " layers have " + String.join(", ", names));
        }
      }
    }

    int count(String name) {
      return number(name, 1, null);
    }

    int number(String name, int least, Integer absent) {
      JsonNode value = node.get(name);
      if (value == null && absent != null) {
        return absent;
      }
      if (value == null) {
        throw wrong("lacks " + name, "Give it a whole number, " + least + " or more");
      }
      if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
        throw wrong(
            "has " + name + " " + value, "It must be a whole number, " + least + " or more");
      }
      return value.intValue();
    }

    Activation activation() {
      JsonNode value = node.get("activation");
      for (Activation activation : Activation.values()) {
        if (value != null && value.isTextual() && activation.key().equals(value.textValue())) {
          return activation;
        }
      }
      throw wrong(
          value == null ? "lacks activation" : "has the unknown activation " + value,
          "The activations are relu, sigmoid and tanh");
    }

    ArchitectureException wrong(String what, String remedy) {
      return ArchitectureReader.this.wrong(key + " of " + group + " " + what, remedy);
    }
  }
}
