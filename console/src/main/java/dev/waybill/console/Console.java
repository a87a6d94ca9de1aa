package dev.waybill.console;

import dev.waybill.console.engine.Engine;
import dev.waybill.console.http.Pages;
import dev.waybill.runtime.Closer;
import dev.waybill.runtime.Health;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.Service;
import dev.waybill.runtime.ServiceServer;
import dev.waybill.runtime.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: builds the console from its settings, and closes it in reverse. */
public final class Console implements Service {
  private static final Logger log = LoggerFactory.getLogger(Console.class);

  private final Closer closer = new Closer();
  private final Health health = new Health();
  private int httpPort;

  private Console() {}

  /**
   * Starts it. Whoever is away then is shown as away.
   *
   * @throws dev.waybill.runtime.BadSettingsException when a setting is refused; nothing is left
   *     running
   */
  public static Console start(Settings environment) {
    ConsoleSettings settings = ConsoleSettings.from(environment);
    Console console = new Console();
    try {
      log.info("starting with {}", environment);
      console.build(settings);
      return console;
    } catch (Throwable failure) {
      console.close();
      throw failure;
    }
  }

  private void build(ConsoleSettings settings) {
    Metrics metrics = closer.add(new Metrics());
    Engine engine = closer.add(Engine.open(settings.engine()));
    Pages pages = new Pages(engine, settings.access());
    ServiceServer server =
        closer.add(new ServiceServer(settings.http(), health, metrics.registry(), pages::addTo));
    closer.add(pages);
    server.start();
    httpPort = server.port();
    engine.start();
  }

  /** Where it answers, also when the settings asked for any free port. */
  public int httpPort() {
    return httpPort;
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public void close() {
    closer.close();
  }
}
