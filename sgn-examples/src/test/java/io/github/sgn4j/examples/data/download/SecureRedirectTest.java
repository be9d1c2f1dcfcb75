package io.github.sgn4j.examples.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.sgn4j.examples.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks by https gets an answer by https, or none. */
@Timeout(60)
class SecureRedirectTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final Timeouts TIMEOUTS =
      new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

  @TempDir private static Path keys;
  private static SSLContext context;

  @TempDir Path folder;

  private final PlaceServer plain = new PlaceServer();
  private PlaceServer secure;

  @BeforeAll
  static void makeCertificate() throws IOException, GeneralSecurityException, InterruptedException {
    context = context(certificate());
  }

  @BeforeEach
  void setUp() throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    secure = new PlaceServer(server);
  }

  @AfterEach
  void tearDown() {
    plain.close();
    secure.close();
  }

  /** A key and a certificate of this machine for itself. */
  private static Path certificate() throws IOException, InterruptedException {
    Path store = keys.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "test",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return store;
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore entries = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      entries.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(entries, PASSWORD);
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(entries);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private URI place(String path) {
    return URI.create("https://127.0.0.1:" + secure.port() + path);
  }

  private List<String> download(URI from, SSLContext trusting) {
    List<String> notes = new ArrayList<>();
    DownloadListener listener =
        new DownloadListener() {
          @Override
          public void started(CatalogueFile file, URI place, long done, long total) {}

          @Override
          public void advanced(long done) {}

          @Override
          public void ended() {}

          @Override
          public void verified(CatalogueFile file) {}

          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    HttpClient.Builder client = Transfer.client(TIMEOUTS);
    if (trusting != null) {
      client.sslContext(trusting);
    }
    new Downloader(client.build(), TIMEOUTS, path -> Long.MAX_VALUE, listener)
        .download(Fixture.local(folder, from));
    return notes;
  }

  @Test
  void aRedirectFromHttpToHttpsIsFollowed() {
    secure.serve("/good/", Fixture.BYTES);
    plain.redirect("/up/", place("/good/").resolve(Fixture.NAME).toString());

    assertThat(download(plain.place("/up/"), context)).isEmpty();

    assertThat(folder.resolve("digits").resolve(Fixture.NAME)).hasBinaryContent(Fixture.BYTES);
  }

  @Test
  void aRedirectFromHttpsToHttpIsNotFollowed() {
    plain.serve("/good/", Fixture.BYTES);
    String lower = plain.place("/good/").resolve(Fixture.NAME).toString();
    secure.redirect("/down/", lower);

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(place("/down/"), context))
        .withMessageContainingAll("redirects", lower);
    assertThat(plain.requests()).isEmpty();
  }

  @Test
  void aCertificateThatNobodyKnowsIsRefused() {
    secure.serve("/good/", Fixture.BYTES);

    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(place("/good/"), null))
        .withMessageContaining("no secure connection");
    assertThat(secure.requests()).isEmpty();
  }
}
