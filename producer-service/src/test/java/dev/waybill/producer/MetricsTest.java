package dev.waybill.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.runtime.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Postgres.class)
class MetricsTest {

  @Test
  void whatHappenedIsCounted() throws Exception {
    try (Producer counted = Producer.start(new Settings(Postgres.settings("postgres")))) {
      Api api = new Api(counted.httpPort());
      api.post("/orders", Api.ORDER, "Idempotency-Key", "k").is(201);
      String id = api.post("/orders", Api.ORDER, "Idempotency-Key", "k").is(201).id();
      api.post("/orders/" + id + "/ship", Api.SHIP).is(409);
      api.get("/no/such/path").is(404);

      String metrics = api.get("/metrics").response().body();
      assertThat(metrics)
          .contains("waybill_producer_events_total{type=\"OrderPlaced\"} 1.0")
          .doesNotContain("type=\"OrderShipped\"")
          .contains("waybill_producer_idempotent_replays_total 1.0")
          .contains("waybill_producer_database_up 1.0")
          .contains("requests_seconds_count{method=\"POST\",route=\"/orders\",status=\"201\"} 2")
          .contains("_count{method=\"POST\",route=\"/orders/{id}/ship\",status=\"409\"} 1")
          .contains("_count{method=\"any\",route=\"none\",status=\"404\"} 1")
          .contains("hikaricp_connections_pending");
    }
  }

  @Test
  void everyMetricOfTheServicesOwnIsOnItsPage() throws Exception {
    new Api(Postgres.sharedPort()).place();
    String page = Files.readString(Path.of("../docs/producer.md"));
    new Api(Postgres.sharedPort())
        .get("/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith("# TYPE waybill_"))
        .map(line -> line.split(" ", -1)[2])
        .filter(name -> !name.endsWith("_max"))
        .forEach(name -> assertThat(page).contains(name));
  }
}
