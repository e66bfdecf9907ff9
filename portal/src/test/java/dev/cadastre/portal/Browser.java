package dev.cadastre.portal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with an empty profile. Debian's packages chromium and chromium-driver must be
 * installed.
 */
final class Browser implements AutoCloseable {
  final ChromeDriver driver;
  private final String url;

  Browser(String url) {
    this(url, new ChromeOptions());
  }

  /** One that runs no script of a page. */
  static Browser withoutScripts(String url) {
    ChromeOptions options = new ChromeOptions();
    options.setExperimentalOption(
        "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    return new Browser(url, options);
  }

  private Browser(String url, ChromeOptions options) {
    this.url = url;
    options.setBinary(installed("chromium"));
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--window-size=1280,900");
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logging);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Path.of(installed("chromedriver")).toFile())
            .build();
    driver = new ChromeDriver(service, options);
  }

  private static String installed(String program) {
    for (String directory : System.getenv("PATH").split(":")) {
      Path path = Path.of(directory, program);
      if (Files.isExecutable(path)) {
        return path.toString();
      }
    }
    throw new AssertionError(
        program + " is not on the PATH; install Debian's packages chromium and chromium-driver");
  }

  void open(String path) {
    driver.get(url + path);
  }

  void signIn(String token) {
    open("/sign-in?token=" + token);
  }

  WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  String text(String css) {
    return find(css).getText();
  }

  WebElement await(String css) {
    return new WebDriverWait(driver, Duration.ofSeconds(20))
        .until(any -> all(css).stream().findFirst().orElse(null));
  }

  Object script(String script) {
    return ((JavascriptExecutor) driver).executeScript(script);
  }

  /** Shows pages at a phone's width; headless windows cannot be made so narrow. */
  void width(int pixels) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  void scheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /**
   * What the browser complained of since it was last asked: script errors, refused resources,
   * violations of the policy.
   */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(Object::toString)
        .toList();
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  void size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
