package dev.waybill.consumer.http;

import dev.waybill.runtime.Health;
import dev.waybill.runtime.HttpAddress;
import dev.waybill.runtime.Metrics;
import dev.waybill.runtime.ServiceServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two instances that know of each other; the first is asked. */
abstract class TwoInstances {
  final FakeStores here = new FakeStores();
  final FakeStores there = new FakeStores();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();

  final ServiceServer one = server("127.0.0.1", here);
  final ServiceServer two = server("127.0.0.1", there);

  final ServiceServer server(String host, FakeStores stores) {
    return new ServiceServer(
        new HttpAddress(host, 0),
        new Health(),
        metrics.registry(),
        new QueryRoutes(stores, "orders.events", "orders.events.replays")::addTo);
  }

  @BeforeEach
  void start() {
    one.start();
    two.start();
    there.partitions = Set.of(3);
    here.others = Map.of(new HostInfo("127.0.0.1", two.port()), there.partitions);
    there.others = Map.of(new HostInfo("127.0.0.1", one.port()), here.partitions);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    metrics.close();
  }

  final HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + one.port() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
