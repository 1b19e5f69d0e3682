import Diagnostics
import SpaceModel

extension Rule {
  static let zeroGPUVersions: Rule = Rule(
    "SF218",
    summary: "ZeroGPU does not have the Python or the Gradio that the card asks for.",
    explanation: """
      ZeroGPU runs Gradio 4 and newer, on Python 3.12.12 and 3.10.13. A version without its last part (`3.12`) stands for the one \
      of the two that begins so.
      """,
    failing: RuleExample(
      "name: chat\nsdk: gradio\nhardware: zero-a10g\ncard: { python_version: \"3.11\", sdk_version: \"3.50.2\" }\n"),
    passing: RuleExample(
      "name: chat\nsdk: gradio\nhardware: zero-a10g\ncard: { python_version: \"3.12.12\", sdk_version: \"5.49.1\" }\n"),
    check: .space { space, _ in
      guard let hardware = space.hardware, hardware.value == .zeroA10G, space.resolvedSDK == .gradio else { return [] }
      let related = [RelatedSpan(span: hardware.place.value, message: "ZeroGPU by this")]
      var findings: [Finding] = []
      let pythons = CardReference.zeroGPUPythons
      if let python = space.card["python_version"]?.text, isPythonVersion(python.value),
        !pythons.contains(where: { $0 == python.value || $0.hasPrefix(python.value + ".") })
      {
        findings.append(
          Rule.zeroGPUVersions.finding(
            "ZeroGPU has no Python \(python.value)", help: "Write \(pythons.listed).", at: python.place.value, related: related)
        )
      }
      if let gradio = space.card["sdk_version"]?.text, let major = Int(gradio.value.prefix { $0 != "." }),
        major < CardReference.zeroGPUGradio
      {
        findings.append(
          Rule.zeroGPUVersions.finding(
            "ZeroGPU needs Gradio \(CardReference.zeroGPUGradio) or newer, not \(gradio.value)",
            help: "Raise `sdk_version`, or choose other hardware.", at: gradio.place.value, related: related))
      }
      return findings
    })
}
