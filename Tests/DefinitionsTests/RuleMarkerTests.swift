import Diagnostics
import Testing

@testable import Definitions

/// Where each rule points: `«` and `»` stand around what must be underlined.
@Suite("A finding points at") struct RuleMarkerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let space: String
    var project = plainProject
    var also: [String: String] = [:]
    var testDescription: String { rule }
  }

  static let inSpace: [Case] = [
    Case(rule: "SF003", space: "name: chat\nsdk: docker\n«sdk»: gradio\n«sdk»: static\n"),
    Case(rule: "SF005", space: "name: chat\n«---»\nname: other\n"),
    Case(rule: "SF010", space: "name: chat\n«hardwear»: cpu-basic\n«visiblity»: private\n"),
    Case(rule: "SF010", space: "name: chat\ncard: { title: A, «sdk»: docker }\n"),
    Case(rule: "SF011", space: "name: chat\ndev_mode: «yes»\nreplicas: «\"2\"»\nregion: «12»\n"),
    Case(rule: "SF011", space: "name: chat\n«hardware»:\nvolumes: «{}»\n"),
    Case(rule: "SF011", space: "name: chat\ncard: { tags: «chat», python_version: «3.10» }\n"),
    Case(rule: "SF012", space: "name: chat\nvisibility: «hidden»\nsleep_time: «1:30»\nresource_group: «abc»\n"),
    Case(rule: "SF012", space: "name: chat\nreplicas: «0»\nwait: { timeout: «never» }\nmoved_from: «chat»\n"),
    Case(rule: "SF013", space: "«hardware»: cpu-basic\n"),
    Case(rule: "SF013", space: "name: chat\nsource: «{ ignore: [x] }»\n"),
    Case(rule: "SF101", space: "name: «-chat»\n"),
    Case(rule: "SF101", space: "name: chat\nowner: «a--b»\n"),
    Case(rule: "SF102", space: "name: «chat»\n", project: "version: 1\nproject: demos\n"),
    Case(rule: "SF103", space: "# 💬 größer\nname: chat\nhardware: \t«t4-smal» # small\n"),
    Case(rule: "SF104", space: "name: chat\nsdk: static\n«hardware»: cpu-upgrade\n"),
    Case(rule: "SF105", space: "name: chat\n«sleep_time»: 1h\n"),
    Case(rule: "SF106", space: "name: chat\nsdk: static\n«replicas»: 1\n«dev_mode»: true\n"),
    Case(
      rule: "SF110",
      space: "name: chat\nvolumes:\n- {type: bucket, source: a/b, mount: /d}\n- {type: bucket, source: a/b, mount: «/d»}\n"),
    Case(rule: "SF115", space: "name: chat\nlifecycle: { ignore_changes: [card.title, «hardwares»] }\n"),
    Case(
      rule: "SF201", space: "name: chat\nsource: { path: app }\ncard: { title: «Chat», color_from: «red» }\n",
      also: ["app/README.md": "---\ntitle: Old\ncolorFrom: blue\n---\n"]),
    Case(rule: "SF301", space: "name: chat\nsource: { path: «apps/missing» }\n"),
    Case(rule: "SF302", space: "name: chat\nsource: { path: «../up» }\nsecrets: { A: { file: «/etc/key» } }\n"),
    Case(rule: "SF401", space: "name: chat\nsecrets:\n  «KEY»: hunter2\n  «OTHER»: [a, b]\n"),
    Case(rule: "SF402", space: "name: chat\nvariables: { KEY: a }\nsecrets: { «KEY»: { env: KEY } }\n"),
    Case(rule: "SF403", space: "name: chat\nvariables: { «_KEY»: a, «1A»: b, OK_1: c, «A-B»: d }\n"),
    Case(rule: "SF406", space: "name: chat\nsecrets: { «A»: { version: 1 }, B: { env: B, «file»: b } }\n"),
    Case(
      rule: "SF602", space: "name: chat\nvariables:\n  A: https://«${space.nobody.host}»/x\n  B: \"«${space.nobody.id}»\"\n"),
    Case(rule: "SF602", space: "name: chat\nvariables:\n  A: «\"tab\\t${space.nobody.host}\"»\ndepends_on: [«nothing»]\n"),
    Case(rule: "SF604", space: "name: chat\ndepends_on: [«chat»]\n"),
    Case(rule: "SF605", space: "name: chat\nvariables: { A: \"«${space.chat.adress}» and «${space}» and «${space.chat»\" }\n"),
  ]

  @Test("the offending part of a Space file", arguments: inSpace)
  func space(given: Case) throws {
    let marked = Marked(given.space)
    let loaded = try load(space: marked.text, also: given.also, project: given.project)
    let spans = loaded.findings.filter { $0.rule == given.rule }.map(\.span)
    #expect(spans == marked.spans.map { SourceSpan(file: "spaces/chat.space.yaml", start: $0.start, end: $0.end) })
  }

  static let inProject: [Case] = [
    Case(rule: "SF015", space: "name: chat\n", project: "version: «2»\nowner: acme\n"),
    Case(
      rule: "SF019", space: "name: chat\n",
      project: "version: 1\nowner: acme\nstate: { store: git, remote: «--upload-pack=x», branch: «a..b», lease: «90s» }\n"),
    Case(
      rule: "SF019", space: "name: chat\n",
      project: "version: 1\nowner: acme\nstate: { store: git, branch: «main», lease: «2d» }\n"),
    Case(rule: "SF019", space: "name: chat\n", project: "version: 1\nowner: acme\nstate: { store: file, «remote»: origin }\n"),
    Case(rule: "SF010", space: "name: chat\n", project: "version: 1\nowner: acme\ndefaults: { «name»: x }\n"),
    Case(
      rule: "SF502", space: "name: chat\nhardware: t4-small\n",
      project: "version: 1\nowner: acme\npolicy: { max_monthly_usd: «10» }\n"),
    Case(rule: "SF507", space: "name: chat\n", project: "version: 1\nowner: acme\npolicy: { name_pattern: «'('» }\n"),
    Case(
      rule: "SF606", space: "name: chat\n",
      project: "version: 1\nowner: acme\nremoved: [{ space: «acme/chat», destroy: true }]\n"),
  ]

  @Test("the offending part of the project file", arguments: inProject)
  func project(given: Case) throws {
    let marked = Marked(given.project)
    let loaded = try load(space: given.space, project: marked.text)
    let spans = loaded.findings.filter { $0.rule == given.rule }.map(\.span)
    #expect(spans == marked.spans.map { SourceSpan(file: "spaceform.yaml", start: $0.start, end: $0.end) })
  }
}
