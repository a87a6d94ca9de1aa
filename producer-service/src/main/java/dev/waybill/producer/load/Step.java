package dev.waybill.producer.load;

/** One request in the life of an order. */
enum Step {
  PLACE(201, "POST", ""),
  PAY(200, "POST", "/pay"),
  SHIP(200, "POST", "/ship"),
  CANCEL(200, "POST", "/cancel"),
  ERASE(204, "DELETE", "");

  final int expectedStatus;
  final String method;
  final String pathSuffix;

  Step(int expectedStatus, String method, String pathSuffix) {
    this.expectedStatus = expectedStatus;
    this.method = method;
    this.pathSuffix = pathSuffix;
  }
}
