import SpaceModel

extension Rule {
  static let zeroGPU: Rule = Rule(
    "SF112",
    summary: "ZeroGPU is chosen for a Space that is not a Gradio app.",
    explanation: "ZeroGPU lends a GPU to functions of a Gradio app while they run; the Hub offers it to `sdk: gradio` only.",
    failing: RuleExample("name: chat\nsdk: docker\nhardware: zero-a10g\n"),
    passing: RuleExample("name: chat\nsdk: gradio\nhardware: zero-a10g\n"),
    check: .space { space, _ in
      guard let hardware = space.hardware, hardware.value == .zeroA10G, !space.isStatic, space.resolvedSDK != .gradio else {
        return []
      }
      return [
        Rule.zeroGPU.finding(
          "`zero-a10g` needs `sdk: gradio`; this Space is `\(space.resolvedSDK)`",
          help: "Choose other hardware, or make it a Gradio app.", at: hardware.place.value)
      ]
    })
}
