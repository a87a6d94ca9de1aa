package dev.waybill.stack;

import dev.waybill.consumer.ConsumerService;
import java.nio.file.Path;
import java.util.Map;

/** One more instance of B beside that of a local stack. */
public final class AnotherConsumer {
  private AnotherConsumer() {}

  /** Started, not yet ready; its state and its log are in the folder. */
  public static StackService start(LocalStack stack, Path folder) {
    int port = Ports.free();
    StackService consumer =
        new StackService(
            "another-consumer",
            ConsumerService.class,
            port,
            Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stack.kafka().bootstrapServers(),
                "SCHEMA_REGISTRY_URL", stack.registry().url(),
                "CONSUMER_SESSION_TIMEOUT", "6s",
                "CONSUMER_STATE_DIR", folder.resolve("state").toString(),
                "CONSUMER_ADVERTISED_ADDRESS", "127.0.0.1:" + port),
            folder);
    consumer.start();
    return consumer;
  }
}
