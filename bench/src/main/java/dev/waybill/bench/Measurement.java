package dev.waybill.bench;

import java.util.List;

/** One part of the benchmark. */
interface Measurement {

  /** Runs on the stack, blocking; leaves nothing running there. */
  List<Result> run(Stage stage) throws Exception;
}
