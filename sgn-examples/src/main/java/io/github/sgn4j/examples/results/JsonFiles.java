package io.github.sgn4j.examples.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON as runs write it: snake_case names, indented, non-finite numbers as null (JSON knows no
 * NaN).
 */
public final class JsonFiles {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new FiniteOrNull())
                  .addSerializer(Double.TYPE, new FiniteOrNull()))
          .build();

  private JsonFiles() {}

  /** Writes a value, replacing what stood there at once. */
  public static void write(Path file, Object value) throws IOException {
    AtomicFile.write(
        file, (MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a value of that type. */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    T value = MAPPER.readValue(Files.readAllBytes(file), type);
    if (value == null) {
      throw new IOException("it holds nothing but null");
    }
    return value;
  }

  /** The file's content. */
  static JsonNode readTree(Path file) throws IOException {
    return MAPPER.readTree(Files.readAllBytes(file));
  }

  /** What {@link #write} would make of a value, read again. */
  public static JsonNode tree(Object value) throws IOException {
    return MAPPER.readTree(MAPPER.writeValueAsBytes(value));
  }

  /** As {@link #read(Path, Class)}. */
  public static <T> T read(InputStream in, Class<T> type) throws IOException {
    return MAPPER.readValue(in, type);
  }

  /** The same in one line. */
  public static String inOneLine(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON of " + value.getClass(), e);
    }
  }

  private static final class FiniteOrNull extends JsonSerializer<Double> {

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        out.writeNumber(value);
      } else {
        out.writeNull();
      }
    }
  }
}
