package io.github.sgn4j.examples.compare;

import io.github.sgn4j.examples.compare.GridNode.Fields;
import io.github.sgn4j.examples.compare.GridNode.Items;
import io.github.sgn4j.examples.compare.GridNode.Text;
import io.github.sgn4j.examples.compare.OptionCatalog.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a {@link Grid} of a grid file. Values of options are checked by the commands later. */
public final class GridParser {

  private static final Set<String> COMMANDS = Set.of("mlp", "convnet");
  private static final int MOST_SEEDS = 1000;

  private final String file;
  private final OptionCatalog catalog;

  private GridParser(String file, OptionCatalog catalog) {
    this.file = file;
    this.catalog = catalog;
  }

  /**
   * Reads a grid.
   *
   * @param file name of the file, for messages; one that ends with .json is JSON, others are YAML
   * @param content the file's
   * @param catalog knows the options
   * @param data options of the data, for a grid without any of its own; else empty
   * @throws GridException if something is wrong; the message names file and line
   */
  public static Grid parse(
      String file, byte[] content, OptionCatalog catalog, Map<String, String> data) {
    return new GridParser(file, catalog).grid(GridReader.read(file, content), data);
  }

  private Grid grid(GridNode root, Map<String, String> given) {
    Fields top = fields(root, "a grid file");
    GridKeys.check(file, top, "a grid file", GridKeys.TOP);
    Map<String, GridNode> data = new LinkedHashMap<>();
    given.forEach((key, value) -> data.put(key, new Text(value, 1)));
    if (given.isEmpty()) {
      data.putAll(fields(required(top, "data"), "data").fields());
    }
    String command = command(top, data);
    Map<String, Kind> options = catalog.options(command);
    String name = name(top);
    Map<String, Object> checked = data(data, options);
    Budget budget = budget(top);
    Integer seeds = seeds(top);
    GridNode list = required(top, "configurations");
    if (!(list instanceof Items items)) {
      throw refused(list, "configurations is " + list.kind() + "; it takes a list of them");
    }
    List<Configuration> configurations =
        new GridExpansion(file, options).expand(list, items.items());
    return new Grid(name, command, checked, budget, seeds, configurations);
  }

  private String command(Fields top, Map<String, GridNode> data) {
    GridNode node = top.fields().get("command");
    if (node == null) {
      boolean images =
          data.containsKey("architecture")
              || (data.get("dataset") instanceof Text set
                  && set.text().equalsIgnoreCase("cifar10"));
      return images ? "convnet" : "mlp";
    }
    String command = text(node, "command");
    if (!COMMANDS.contains(command)) {
      throw refused(node, "command is " + GridReader.quoted(command) + "; it takes mlp or convnet");
    }
    return command;
  }

  private String name(Fields top) {
    GridNode node = top.fields().get("name");
    if (node == null) {
      return null;
    }
    String name = text(node, "name");
    if (Configuration.slug(name).isEmpty()) {
      throw refused(node, "name is " + GridReader.quoted(name) + "; it takes letters or digits");
    }
    return name;
  }

  private Map<String, Object> data(Map<String, GridNode> nodes, Map<String, Kind> options) {
    Map<String, Object> data = new LinkedHashMap<>();
    nodes.forEach(
        (key, value) -> {
          GridKeys.checkData(file, key, value, options.keySet());
          if (value instanceof Items items && options.get(key) == Kind.VALUES) {
            if (items.items().isEmpty()) {
              throw refused(value, key + " is an empty list");
            }
            List<String> texts = new ArrayList<>();
            items.items().forEach(item -> texts.add(text(item, key)));
            data.put(key, List.copyOf(texts));
          } else {
            data.put(key, text(value, key));
          }
        });
    return data;
  }

  private Budget budget(Fields top) {
    GridNode seconds = top.fields().get("seconds");
    GridNode epochs = top.fields().get("epochs");
    if (seconds != null && epochs != null) {
      throw refused(epochs, "seconds and epochs exclude each other: one budget");
    }
    if (seconds != null) {
      double value;
      try {
        value = Double.parseDouble(text(seconds, "seconds"));
      } catch (NumberFormatException e) {
        value = Double.NaN;
      }
      if (!Double.isFinite(value) || value <= 0) {
        throw refused(seconds, "seconds is " + seconds.kind() + "; it takes a number above 0");
      }
      return Budget.ofSeconds(value);
    }
    return epochs == null ? null : Budget.ofEpochs(count(epochs, "epochs", Integer.MAX_VALUE));
  }

  private Integer seeds(Fields top) {
    GridNode seeds = top.fields().get("seeds");
    return seeds == null ? null : count(seeds, "seeds", MOST_SEEDS);
  }

  private int count(GridNode node, String key, int most) {
    try {
      int count = Integer.parseInt(text(node, key));
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw refused(node, key + " is " + node.kind() + "; it takes a whole number from 1 to " + most);
  }

  private GridNode required(Fields top, String key) {
    GridNode node = top.fields().get(key);
    if (node == null) {
      throw new GridException(
          file
              + " has no "
              + key
              + ".\nA grid file needs data, seconds or epochs, and configurations; --preset boston"
              + " --print-grid shows one.");
    }
    return node;
  }

  private Fields fields(GridNode node, String what) {
    if (node instanceof Fields fields) {
      return fields;
    }
    throw refused(node, what + " takes keys with values, not " + node.kind());
  }

  private String text(GridNode node, String key) {
    if (node instanceof Text text) {
      return text.text();
    }
    throw refused(node, key + " takes one value, not " + node.kind());
  }

  private GridException refused(GridNode node, String what) {
    return new GridException(GridKeys.at(file, node) + ": " + what + ".");
  }
}
