package io.github.sgn4j.examples.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the text of a grid file, event by event, so that every part knows its line, nothing is
 * expanded (anchors are refused), and values stay as they were written.
 */
final class GridReader {

  private static final int MOST_BYTES = 1 << 20;
  private static final int DEEPEST = 8;
  private static final int LONGEST_QUOTE = 60;

  private final String file;
  private final JsonParser parser;

  private GridReader(String file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /**
   * Reads a file's content.
   *
   * @param file its name, for messages; one that ends with .json is JSON, all others are YAML
   * @throws GridException if it is neither, or says the same thing twice
   */
  static GridNode read(String file, byte[] content) {
    if (content.length > MOST_BYTES) {
      throw new GridException(file + " is larger than a megabyte: that is no grid file.");
    }
    String text = decoded(file, content);
    boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
    JsonFactory factory = json ? new JsonFactory() : new YAMLFactory();
    try (JsonParser parser = factory.createParser(text)) {
      return new GridReader(file, parser).document();
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new GridException(
          (at == null ? file : file + ", line " + Math.max(1, at.getLineNr()))
              + ": this is not "
              + (json ? "JSON" : "YAML")
              + " ("
              + e.getOriginalMessage().lines().findFirst().orElse("unreadable").strip()
              + ").",
          e);
    } catch (IOException e) {
      throw new GridException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String decoded(String file, byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new GridException(file + " is no text in UTF-8.", e);
    }
  }

  private GridNode document() throws IOException {
    if (parser.nextToken() == null) {
      throw new GridException(file + " is empty: it needs data, a budget and configurations.");
    }
    GridNode root = node(1, 0);
    if (parser.nextToken() != null) {
      throw refused("the file should end here; one grid a file");
    }
    return root;
  }

  /** The part that the current event begins. */
  private GridNode node(int line, int depth) throws IOException {
    plain();
    if (depth > DEEPEST) {
      throw refused("this is nested too deeply");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_ARRAY) {
      List<GridNode> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(here(), depth + 1));
      }
      return new GridNode.Items(List.copyOf(items), line);
    }
    if (token == JsonToken.START_OBJECT) {
      return new GridNode.Fields(fields(depth), line);
    }
    if (token == null || !token.isScalarValue()) {
      throw refused("the file ends too early");
    }
    if (token == JsonToken.VALUE_NULL) {
      throw refused("there is no value here; give one, or \"\" for an empty one");
    }
    return new GridNode.Text(parser.getText(), line);
  }

  private Map<String, GridNode> fields(int depth) throws IOException {
    Map<String, GridNode> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (parser.currentToken() != JsonToken.FIELD_NAME) {
        throw refused("a key is missing here");
      }
      plain();
      String key = parser.currentName();
      int line = here();
      if (fields.containsKey(key)) {
        throw refused(quoted(key) + " stands here twice");
      }
      parser.nextToken();
      fields.put(key, node(line, depth + 1));
    }
    return fields;
  }

  /** Refuses what makes YAML more than values: references to other places, and types. */
  private void plain() throws IOException {
    if (parser instanceof YAMLParser yaml
        && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
      throw refused("anchors (&), references (*) and types (!) are not taken; write values out");
    }
  }

  private int here() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private GridException refused(String what) {
    return new GridException(file + ", line " + here() + ": " + what + ".");
  }

  /** A text in quotes, shortened, on one line. */
  static String quoted(String text) {
    String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
    return "'" + shown.replaceAll("\\p{Cntrl}|[\\u0085\\u2028\\u2029]", " ") + "'";
  }
}
