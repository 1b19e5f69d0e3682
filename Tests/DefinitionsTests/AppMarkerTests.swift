import Diagnostics
import Testing

@testable import Definitions

/// Where the rules about apps point. `«` and `»` stand around what must be underlined, in whichever file they are.
@Suite("A finding about an app points at") struct AppMarkerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    /// Of the Space file, behind its name and source.
    var space = "sdk: docker\n"
    let app: [String: String]
    /// The file that is found as a whole.
    var whole: String?
    var testDescription: String { "\(rule) \(space.prefix { $0 != "\n" }) \(app.keys.sorted())" }
  }

  static func docker(_ rule: String, _ text: String, space: String = "sdk: docker\n", also: [String: String] = [:]) -> Case {
    Case(rule: rule, space: space, app: also.merging(["Dockerfile": "FROM python:3.12\n" + text]) { $1 })
  }

  static let ports: [Case] = [
    docker("SF305", "CMD [\"uvicorn\", \"a:b\", \"--host\", \"0.0.0.0\", \"--port\", \"«8000»\"]\n"),
    docker("SF305", "CMD uvicorn a:b --host=0.0.0.0 --port=«8000»\n"),
    docker("SF305", "CMD exec uvicorn a:b --host 0.0.0.0 \\\n  # why\n  --port \\\n    «8000» --workers 2\n"),
    docker("SF305", "ENTRYPOINT [\"gunicorn\", \"-w\", \"2\"]\nCMD [\"-b\", \"0.0.0.0:«8000»\", \"a:b\"]\n"),
    docker("SF305", "CMD [\"python\", \"-m\", \"uvicorn\", \"a:b\", \"--host\", \"0.0.0.0\", \"--port\", \"«80»\"]\n"),
    docker("SF305", "CMD [\"sh\", \"-c\", \"cd x && streamlit run a.py --server.port=«8501»\"]\n"),
    docker("SF305", "ENV P=8501\nCMD streamlit run a.py --server.port «$P»\n"),
    docker("SF305", "CMD flask --app a run --host 0.0.0.0 -p «5000»\n"),
    docker("SF305", "CMD python -u manage.py runserver 0.0.0.0:«8000»\n"),
    docker("SF305", "CMD python3.12 -m http.server «8000» --bind 0.0.0.0\n"),
    docker("SF305", "CMD [\"/bin/tini\", \"--\", \"uv\", \"run\", \"--no-sync\", \"fastapi\", \"run\", \"--port\", \"«1»\"]\n"),
    docker("SF305", "CMD A=1 env B=2 hypercorn -b 0.0.0.0:«8000» a:b\n"),
    docker("SF305", "CMD uvicorn a:b --host 0.0.0.0 --port «7860»\n", space: "sdk: docker\ncard: { app_port: 8000 }\n"),
    Case(
      rule: "SF305",
      app: ["Dockerfile": "FROM python AS base\nCMD uvicorn a:b --host :: --port «9»\nFROM node AS web\nFROM Base\nUSER 1000\n"]
    ),
    docker("SF307", "CMD [\"uvicorn\", \"a:b\", \"--host\", \"«127.0.0.1»\", \"--port\", \"7860\"]\n"),
    docker("SF307", "CMD gunicorn --bind=«localhost»:7860 a:b\n"),
    docker("SF307", "CMD streamlit run a.py --server.port 7860 --server.address «localhost»\n"),
    docker("SF307", "CMD hypercorn --bind «[::1]»:7860 a:b\n"),
    docker("SF320", "EXPOSE «8000»\nCMD [\"python\", \"a.py\"]\n"),
    docker("SF320", "EXPOSE «8000/tcp» 9000-9010\nCMD [\"python\", \"a.py\"]\n"),
    docker("SF320", "ENV A=1 PORT=«8000»\nCMD [\"node\", \"a.js\"]\n"),
    docker("SF320", "CMD PORT=«3000» node a.js\n"),
    docker("SF321", "CMD [\"«uvicorn»\", \"a:b\"]\n"),
    docker("SF321", "CMD «streamlit» run a.py\n"),
    docker("SF321", "CMD python -m «flask» run --port 7860\n"),
    docker("SF321", "CMD python «manage.py» runserver 7860\n"),
    Case(rule: "SF306", app: ["Dockerfile": "FROM a AS b\nEXPOSE 1\n«FROM» python\nCMD [\"python\", \"a.py\"]\n"]),
  ]

  static let files: [Case] = [
    docker("SF317", "EXPOSE 7860\nCOPY «reqs.txt» a.py ./\n", also: ["a.py": "", "requirements.txt": ""]),
    docker("SF317", "EXPOSE 7860\nCOPY --chown=1 [\"a.py\", \"«b c.py»\", \"./\"]\n", also: ["a.py": ""]),
    docker("SF317", "EXPOSE 7860\nENV D=src\nADD «./$D/x» .\nCOPY «.env» .\nCOPY «../up» .\n", also: ["a.py": ""]),
    docker(
      "SF317", "EXPOSE 7860\nCOPY «data» .\nCOPY «notes.md» .\nCOPY keep.md .\n",
      also: ["data/x": "", "notes.md": "", "keep.md": "", ".dockerignore": "data\n*.md\n!keep.md\n"]),
    docker("SF312", "EXPOSE 7860\nCOPY run.sh /srv/\nENTRYPOINT [\"«/srv/run.sh»\"]\n", also: ["run.sh": ""]),
    docker("SF312", "EXPOSE 7860\nWORKDIR $HOME/app\nCOPY . .\nRUN «./tools/setup.sh» && echo\n", also: ["tools/setup.sh": ""]),
    docker("SF312", "EXPOSE 7860\nWORKDIR /a\nCOPY tools bin\nCMD exec «./bin/go» --fast\n", also: ["tools/go": ""]),
    Case(
      rule: "SF311", space: "sdk: gradio\n",
      app: [".gitattributes": "*.bin filter=lfs\n  «app.*» diff=lfs filter=lfs -text\n", "app.py": "import gradio\n"]),
    Case(
      rule: "SF311", space: "sdk: gradio\ncard: { app_file: src/main.py }\n",
      app: ["src/.gitattributes": "«*.py» filter=lfs\n", ".gitattributes": "*.py -filter\n", "src/main.py": "import gradio\n"]),
    Case(
      rule: "SF319", space: "sdk: gradio\n",
      app: [
        "app.py": "import gradio\n", "requirements.txt": "a==1 # -r none\n-r more/b.txt\n--requirement=«c.txt»\n-c «d.txt»\n",
        "more/b.txt":
          "-r ../requirements.txt\n-r «e.txt»\n«./wheels/x.whl»\n-e «./lib[x]»\n/abs/x.whl\nhttps://acme.example/y.whl\n",
      ]),
    Case(
      rule: "SF321", space: "sdk: gradio\n",
      app: ["app.py": "import gradio\n# server_name=\"localhost\"\ndemo.launch(server_name = \"«127.0.0.1»\")\n"]),
    Case(rule: "SF309", space: "sdk: static\n", app: ["index.html": "", "a.png": pointer], whole: "a.png"),
    Case(
      rule: "SF316", space: "sdk: static\n", app: ["index.html": "", "a/.cache/b/c": "", "a/.cache/d": ""],
      whole: "a/.cache/b/c"),
    Case(rule: "SF318", space: "sdk: gradio\n", app: ["app.py": "", "Requirements.txt": ""], whole: "Requirements.txt"),
    Case(
      rule: "SF318", space: "sdk: docker\ntemplate: acme/base\n", app: ["dockerfile": "FROM a\n"], whole: "dockerfile"),
  ]

  private static let pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "0f", count: 32))\nsize 9\n"

  @Test("the offending part of whichever file", arguments: ports + files)
  func app(given: Case) throws {
    var texts: [String: String] = [:]
    var expected: [SourceSpan] = given.whole.map { [SourceSpan(file: "apps/chat/" + $0)] } ?? []
    for (path, text) in given.app {
      let marked = Marked(text)
      texts["apps/chat/" + path] = marked.text
      expected += marked.spans.map { SourceSpan(file: "apps/chat/" + path, start: $0.start, end: $0.end) }
    }
    let loaded = try load(space: "name: chat\nsource: { path: apps/chat }\n" + given.space, also: texts)
    #expect(loaded.findings.filter { $0.rule == given.rule }.map(\.span) == expected.sorted())
  }

  static let definitions: [Case] = [
    Case(rule: "SF303", space: "source: { path: «apps/chat» }\n", app: ["app.py": ""]),
    Case(rule: "SF304", space: "sdk: gradio\nsource: { path: «apps/chat» }\n", app: ["main.py": ""]),
    Case(rule: "SF304", space: "sdk: static\nsource: { path: «apps/chat» }\n", app: ["page.html": ""]),
    Case(
      rule: "SF304", space: "sdk: gradio\nsource: { path: apps/chat }\ncard: { app_file: «./src/ap.py» }\n",
      app: ["src/app.py": ""]),
    Case(
      rule: "SF308", space: "sdk: gradio\nsource: { path: apps/chat }\ncard: { sdk_version: «\"4.44.1\"» }\n",
      app: ["app.py": "", "requirements.txt": "-r more.txt\n", "more.txt": "Gradio [oauth] >= 5.0 , < 6\n"]),
    Case(rule: "SF314", space: "source: { path: «apps/chat», ignore: [\"*\"] }\n", app: ["app.py": ""]),
    Case(
      rule: "SF315", space: "sdk: gradio\nhardware: «zero-a10g»\nsource: { path: apps/chat }\n",
      app: ["app.py": "import torch\n"]),
    Case(
      rule: "SF412", space: "sdk: static\nsource: { path: apps/chat }\nsecrets: { A: { file: «apps/chat/a.txt» } }\n",
      app: ["index.html": "", "a.txt": ""]),
    Case(rule: "SF409", space: "variables: { API_KEY: «q7w8e9r0», LOG_LEVEL: info }\n", app: [:]),
    Case(rule: "SF310", space: "source: { path: «apps/chat» }\n", app: [String(repeating: "ab/", count: 400) + "c": ""]),
  ]

  @Test("the offending part of the Space file", arguments: definitions)
  func definition(given: Case) throws {
    let marked = Marked("name: chat\n" + given.space)
    let texts = Dictionary(uniqueKeysWithValues: given.app.map { ("apps/chat/" + $0.key, $0.value) })
    let found = try load(space: marked.text, also: texts).findings.filter { $0.rule == given.rule }
    #expect(found.map(\.span) == marked.spans.map { SourceSpan(file: "spaces/chat.space.yaml", start: $0.start, end: $0.end) })
  }

  /// What must not be found: each of these is right, or cannot be told.
  static let silent: [Case] = [
    docker("SF305", "ARG P=8000\nCMD uvicorn a:b --host 0.0.0.0 --port $P\n"),
    docker("SF305", "CMD uvicorn a:b --host 0.0.0.0 --port ${PORT:-8000}\n"),
    docker("SF305", "CMD [\"uvicorn\", \"a:b\", \"--port\", \"$PORT\"]\n"),
    docker("SF305", "ENV P=8000\nCMD uvicorn a:b --port $P\n", space: "sdk: docker\nvariables: { P: \"7860\" }\n"),
    docker("SF305", "CMD gunicorn -b 0.0.0.0:7860 -b 0.0.0.0:8000 a:b\n"),
    docker("SF305", "CMD uvicorn a:b --port 8000 & nginx -g 'daemon off;'\n"),
    docker("SF305", "RUN apt-get install -y nginx\nCMD [\"uvicorn\", \"a:b\", \"--port\", \"8000\"]\n"),
    docker("SF305", "CMD ./start.sh && uvicorn a:b --port 8000\n"),
    docker("SF305", "CMD uvicorn a:b --port 8000\nCMD uvicorn a:b --port 7860\n"),
    docker("SF305", "CMD gunicorn -c conf.py -b 0.0.0.0:8000 a:b\n"),
    docker("SF305", "CMD uvicorn a:b $ARGS --port 8000\n"),
    docker("SF307", "CMD gunicorn -b 127.0.0.1:1 -b :7860 a:b\n"),
    docker("SF307", "CMD [\"python\", \"a.py\", \"--host\", \"127.0.0.1\"]\n"),
    docker("SF306", "CMD [\"python\", \"a.py\"]\n", space: "sdk: docker\ncard: { app_port: 8080 }\n"),
    docker("SF306", "CMD uvicorn a:b --host 0.0.0.0 --port 7860\n"),
    docker("SF320", "EXPOSE $PORT\nCMD [\"python\", \"a.py\"]\n"),
    docker("SF320", "EXPOSE 8000 7860\nCMD [\"python\", \"a.py\"]\n"),
    docker("SF320", "EXPOSE 8000\nCMD uvicorn a:b --host 0.0.0.0 --port 7860\n"),
    docker("SF321", "ENV UVICORN_HOST=0.0.0.0 UVICORN_PORT=7860\nCMD [\"uvicorn\", \"a:b\"]\n"),
    docker("SF321", "CMD [\"uvicorn\", \"a:b\", \"--uds\", \"/x\"]\n"),
    docker("SF321", "CMD streamlit run a.py\n", also: [".streamlit/config.toml": "[server]\nport = 7860\n"]),
    docker("SF321", "CMD gunicorn a:b\n", space: "sdk: docker\nvariables: { GUNICORN_CMD_ARGS: \"-b 0.0.0.0:7860\" }\n"),
    docker("SF317", "COPY *.txt .\nCOPY --from=build /x /y\nADD https://acme.example/x y\nCOPY <<EOF /a\nx\nEOF\n"),
    docker("SF317", "COPY README.md .\nARG A\nCOPY $A ./$A .\n"),
    docker("SF317", "COPY nothing .\n", space: "sdk: docker\ntemplate: acme/base\n"),
    Case(rule: "SF317", app: ["Dockerfile": "FROM a AS unused\nCOPY nothing .\nFROM b\n"]),
    docker("SF312", "COPY a.sh .\nRUN chmod +x a.sh\nCMD [\"./a.sh\"]\n", also: ["a.sh": ""]),
    docker("SF312", "COPY a.sh .\nCMD [\"sh\", \"./a.sh\"]\n", also: ["a.sh": ""]),
    docker("SF312", "COPY a.sh .\nWORKDIR /b\nCMD [\"./a.sh\"]\n", also: ["a.sh": ""]),
    docker("SF312", "COPY --chmod=755 a.sh .\nCMD [\"./a.sh\"]\n", also: ["a.sh": ""]),
    Case(rule: "SF303", space: "template: acme/base\n", app: ["app.py": ""]),
    Case(rule: "SF304", space: "sdk: static\ncard: { app_build_command: make }\n", app: ["src/a.js": ""]),
    Case(
      rule: "SF308", space: "sdk: gradio\ncard: { sdk_version: \"5.4.0\" }\n",
      app: [
        "app.py": "",
        "requirements.txt":
          "gradio<5; python_version < '3'\ngradio @ https://acme.example/g.whl\ngradio_client<1\n# gradio<5\ngradio >=5 --hash=x\n",
      ]),
    Case(
      rule: "SF321", space: "sdk: gradio\n",
      app: ["app.py": "import os\nhere = \"SPACE_ID\" in os.environ\nif not here: demo.launch(server_name=\"127.0.0.1\")\n"]),
    Case(
      rule: "SF321", space: "sdk: gradio\n",
      app: ["app.py": "text = \"\"\"server_name='localhost'\"\"\"\nserver_name == 'localhost'\n"]),
    Case(
      rule: "SF309", space: "sdk: static\n",
      app: ["a.md": pointer + String(repeating: "more\n", count: 200), "b.md": "x" + pointer]),
    Case(rule: "SF316", space: "sdk: static\n", app: ["cache/a": "", ".cache": "", "x.cache/b": ""]),
    Case(rule: "SF318", space: "sdk: docker\n", app: ["Dockerfile": "FROM a\n", "Requirements.txt": "", "docs/Readme.md": ""]),
  ]

  @Test("nothing where nothing is wrong, or nothing is certain", arguments: silent)
  func nothing(given: Case) throws {
    let texts = Dictionary(uniqueKeysWithValues: given.app.map { ("apps/chat/" + $0.key, $0.value) })
    let loaded = try load(space: "name: chat\nsource: { path: apps/chat }\n" + given.space, also: texts)
    #expect(loaded.findings.filter { $0.rule == given.rule } == [])
  }
}
