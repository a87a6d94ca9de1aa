package dev.waybill.proof.recovery;

import dev.waybill.proof.systems.Topics;
import dev.waybill.stack.LocalStack;
import dev.waybill.stack.StackService;
import java.nio.file.Path;

/** Which service is killed, and where one sees that it works. */
enum Victim {
  RELAY(Topics.EVENTS) {
    @Override
    StackService of(LocalStack stack) {
      return stack.relay();
    }

    @Override
    StackService another(LocalStack stack, Path folder) {
      return stack.anotherRelay(folder);
    }
  },
  CONSUMER(Topics.NOTIFICATIONS) {
    @Override
    StackService of(LocalStack stack) {
      return stack.consumer();
    }

    @Override
    StackService another(LocalStack stack, Path folder) {
      return stack.anotherConsumer(folder);
    }
  };

  /** The topic that it writes. */
  final String topic;

  Victim(String topic) {
    this.topic = topic;
  }

  abstract StackService of(LocalStack stack);

  /** One more of its kind, started. */
  abstract StackService another(LocalStack stack, Path folder);
}
