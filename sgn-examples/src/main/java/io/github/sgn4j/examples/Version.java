package io.github.sgn4j.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build knows. */
public final class Version {

  private static final Properties BUILD = load();

  private Version() {}

  /** This library's version. */
  public static String current() {
    return BUILD.getProperty("sgn4j");
  }

  /** The version of ND4J that this library was built with. */
  public static String nd4j() {
    return BUILD.getProperty("nd4j");
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
