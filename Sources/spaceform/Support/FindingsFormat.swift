import ArgumentParser

/// The forms findings come in.
enum FindingsFormat: String, CaseIterable, ExpressibleByArgument {
  case human, json
}
