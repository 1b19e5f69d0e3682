import SpaceModel

extension Rule {
  static let zeroGPUFunction: Rule = Rule(
    "SF315",
    summary: "A ZeroGPU Space has no function that asks for the GPU.",
    explanation: """
      ZeroGPU lends a GPU to functions marked `@spaces.GPU` while they run. The Hub looks for one when the app starts, and \
      stops an app that has none.
      """,
    failing: RuleExample(
      "name: chat\nsdk: gradio\nhardware: zero-a10g\nsource: { path: apps/chat }\n",
      also: ["apps/chat/app.py": "import gradio\n"]),
    passing: RuleExample(
      "name: chat\nsdk: gradio\nhardware: zero-a10g\nsource: { path: apps/chat }\n",
      also: ["apps/chat/app.py": "import gradio\nimport spaces\n\n\n@spaces.GPU\ndef answer(question): ...\n"]),
    check: .app { files, space, _ in
      guard let hardware = space.hardware, hardware.value == .zeroA10G, space.resolvedSDK == .gradio, space.hasOnlySource else {
        return []
      }
      let python = files.files.filter { $0.path.hasSuffix(".py") }
      guard !python.isEmpty else { return [] }
      for file in python {
        // What cannot be read may hold one.
        guard let text = files.text(file)?.string else { return [] }
        if text.contains("spaces.GPU")
          || text.contains("GPU") && (text.contains("import spaces") || text.contains("from spaces"))
        {
          return []
        }
      }
      return [
        Rule.zeroGPUFunction.finding(
          "no Python file has a function with `@spaces.GPU`, and ZeroGPU needs one",
          help: "Write `import spaces` and `@spaces.GPU` above the function that computes, or choose other hardware.",
          at: hardware.place.value)
      ]
    })
}
