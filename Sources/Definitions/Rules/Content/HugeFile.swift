import Diagnostics

extension Rule {
  static let hugeFile: Rule = Rule(
    "SF322", severity: .warning,
    summary: "A file of more than 1 GiB is part of the Space.",
    explanation: """
      Every build copies the whole repository, and every replica of the app has its own copy. Weights and data belong into a \
      model or dataset repository: mounted as a volume, or fetched before the app starts with `preload_from_hub`.
      """,
    failing: RuleExample(
      app: ["Dockerfile": "FROM python:3.12\nEXPOSE 7860\n", "model.gguf": "weights\n"], shown: "model.gguf",
      space: "sdk: docker\n", sizes: ["model.gguf": 4_920_000_000]),
    passing: RuleExample(
      app: ["Dockerfile": "FROM python:3.12\nEXPOSE 7860\n", "model.json": "{}\n"], shown: "model.json",
      space: "sdk: docker\n"),
    check: .app { files, _, _ in
      files.files.compactMap { file in
        guard let size = files.size(file), size > 1 << 30, size <= ContentLimits().fileBytes else { return nil }
        return Rule.hugeFile.finding(
          "the file has \(ByteText.words(size)), which every build of the Space copies",
          help: "Put it into a model or dataset repository and mount that under `volumes`, or name it in `preload_from_hub`.",
          at: SourceSpan(file: file.source))
      }
    })
}
