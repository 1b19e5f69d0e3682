import Files
import Testing

@testable import spaceform

@Suite("Finding the apps in a folder")
struct AppFinderTests {
  private func apps(_ files: [String: String]) throws -> [FoundApp] {
    let folder = try ScratchFolder()
    for (path, text) in files { try folder.write(text, at: path) }
    return try AppFinder(try WorkTree(folder.path)).apps()
  }

  @Test("Each of the four marks makes a folder an app, and says which mark it was")
  func marks() throws {
    let found = try apps([
      "a/README.md": "---\ntitle: A\nsdk: gradio\n---\n# A\n", "a/app.py": "print()\n",
      "b/Dockerfile": "FROM python\nEXPOSE 8000\n",
      "c/app.py": "import os\nimport gradio as gr\n",
      "d/index.html": "<p>hello</p>",
      "e/app.py": "import flask\n", "f/notes.txt": "nothing",
    ])
    #expect(found.map(\.folder) == ["a", "b", "c", "d"])
    #expect(found.map(\.sdk) == [.gradio, .docker, .gradio, .static])
    #expect(found.map(\.isDeclared) == [true, false, false, false])
    #expect(found[1].port == 8000)
    #expect(found[0].reason == "README.md says sdk: gradio")
  }

  @Test("A folder inside an app is part of it")
  func nested() throws {
    let found = try apps([
      "apps/site/Dockerfile": "FROM nginx\n", "apps/site/public/index.html": "<p>", "apps/site-two/index.html": "<p>",
    ])
    #expect(found.map(\.folder) == ["apps/site", "apps/site-two"])
  }

  @Test("The top folder counts by its README, or when it is the only app")
  func topFolder() throws {
    #expect(try apps(["Dockerfile": "FROM x\n", "apps/a/index.html": "<p>"]).map(\.folder) == ["apps/a"])
    #expect(try apps(["Dockerfile": "FROM x\n"]).map(\.folder) == ["."])
    #expect(
      try apps(["README.md": "---\nsdk: docker\n---\n", "web/index.html": "<p>"]).map(\.folder) == ["."])
  }

  @Test("Packages and hidden folders are not searched")
  func skipped() throws {
    #expect(try apps(["node_modules/x/index.html": "<p>", ".cache/y/Dockerfile": "FROM x\n"]).isEmpty)
  }

  @Test(
    "An import of gradio is recognised in every form, and in no other word",
    arguments: [
      ("import gradio", true), ("import gradio as gr", true), ("from gradio import Blocks", true), ("import os, gradio", true),
      ("from gradio.themes import Soft", true), ("import gradio_client", false), ("# import gradio", false),
      ("x = 'import gradio'", false),
    ])
  func gradio(line: String, isGradio: Bool) {
    #expect(AppFinder.importsGradio(Array(line.utf8)) == isGradio)
  }

  @Test("The last plain EXPOSE is the port")
  func ports() {
    #expect(AppFinder.exposedPort(Array("EXPOSE 80\nexpose 9000/tcp\n".utf8)) == 9000)
    #expect(AppFinder.exposedPort(Array("EXPOSE $PORT\n".utf8)) == nil)
    #expect(AppFinder.exposedPort(Array("EXPOSE 70000\n".utf8)) == nil)
  }
}
