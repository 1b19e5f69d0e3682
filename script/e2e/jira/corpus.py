"""Items that careless writers damage: every trap of Jira's formats as an item, and texts made up from a seed."""

import random

import yaml

LONG_WORD = "x" * 200

# Summary, description in Markdown.
NASTY = [
    ('Quotes "inside" and, commas; semicolons', 'He said "no", then "yes".\n\n"Quoted paragraph"'),
    ("A backslash at the end \\", "A path `C:\\dir\\x` and a line that ends in one \\\\"),
    ("Windows paths C:\\temp\\new\\table", "```\nC:\\dir\\\n\\n is no line end\\\n```"),
    ("Regex \\d+\\.\\d+ and Swift \\(name)", "```swift\nprint(\"\\(name)\\n\")\n```"),
    ("=HYPERLINK(\"http://acme.example\")", "=1+1\n\nas text"),
    ("+49 30 1234", "-1 is a number, @name is a name, and +1 is one too"),
    ("@SUM(A1:A9)", "| = | formula |\n|---|---|\n| =A1 | -2 |"),
    ("Code in code {code} here", "```java\nString s = \"{code}\";\n{code}\nnot over yet\n```\n\nAfter the code."),
    ("Both tags", "Before.\n\n```\n{noformat}\n```\n\nAfter."),
    ("Pipes | in | tables", "| a \\| b | `c \\| d` |\n|---|---|\n| x | **y** |\n| | z |"),
    ("Links", "[a link](https://acme.example/a?b=c&d=e) and <https://acme.example/x_y_z> and https://acme.example/bare"),
    ("Links with signs", "[a | b](https://acme.example/a%7Cb) [c](https://acme.example/(paren)) [d](mailto:a@acme.example)"),
    ("Marks that are none", "2 * 3 * 4 and snake_case_name and a-b-c and -x and --flag and a + b + c, {braces}, [brackets]"),
    ("Headings", "# One\n\n## Two\n\n###### Six\n\ntext"),
    ("Styles", "**bold** *em* ~~gone~~ ***both*** **bold**er and un*frigging*believable"),
    ("Lists", "- a\n- b\n  - c\n    - d\n  - e\n- f\n\n1. one\n2. two\n   - mixed\n   - more\n3. three"),
    ("Code in lists", "- first\n\n  ```python\n  print('{x}')\n  ```\n- second with `a {b} c`"),
    ("Tasks", "- [ ] open\n- [x] done\n- [ ] with `code`"),
    ("A quotation", "> quoted\n> still\n>\n> second\n\nnot quoted"),
    ("Rules", "above\n\n---\n\nbelow"),
    ("Line starts", "\\* no list\n\n\\# no heading\n\nh1. no heading\n\nbq. no quotation\n\n\\- no list\n\n\\---- no rule"),
    ("Smileys (x) :) ;) (!) (/) :D", "f(x) is a function, (i) is an index, :) and (y) are none; see (*) and (off)"),
    ("Images !name.png!", "Look! It works! !really! And ![a picture](https://acme.example/p.png)"),
    ("Generics", "`List<String>` and List<String> and a < b && c > d, &amp; &lt; &nbsp; AT&T &#123;"),
    ("Right to left: שלום עולם", "مرحبا بالعالم و שלום, then English"),
    ("Emoji 💬👩‍👩‍👧 and e\u0301", "Family 👩‍👩‍👧 and flag 🇪🇺, combined e\u0301 and 日本語"),
    ("Macros {toc} {color:red}x{color}", "A {macro} and `{code}` and {{double}} and {panel:title=x}y{panel}"),
    ("Questions ??", "What?? ??cite?? really?!"),
    ("Carets ^ and tildes ~", "x^2^ and H~2~O and ~user and [~someone] and ^[footnote]"),
    ("Line breaks", "one  \ntwo\\\nthree\nfour"),
    ("A table with marks", "| `*` | - | # |\n|---|---|---|\n| * a | # b | - c |\n| [l](https://acme.example) | {x} | !y! |"),
    ("Nested quotation", "> - a list\n> - in it\n>\n> ```\n> code {quote}\n> ```"),
    ("Semicolons; like; comments", "03/Jun/26 10:15 AM;bob;no comment"),
    ("Leading and trailing spaces stay inside", "text"),
    (f"Long {'w' * 245}", LONG_WORD + " " + LONG_WORD),
    ("Only code", "```\n\n  indented\n\ttab\n\n```"),
    ("Numbers", "1\\. no list\n\n007 and 1.0e5 and 12:30\n\n2024-01-31"),
    ("Underscores at __dunder__ and _edges_", "\\_\\_init\\_\\_ is `__init__`"),
    ("Bold with punctuation", "(**a**), \"*b*\"; **c**: ~~d~~! [**e**](https://acme.example)"),
    ("HTML", "<b>bold?</b> and <script>alert(1)</script>\n\n<div>\nblock\n</div>"),
]

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
ATOMS = [
    "a", "word", "x1", "Ünïcode", "日本", "💬", "{code}", "{noformat}", "h1.", "bq.", "(x)", "(/)", ":)", ";)", "--", "---", "??",
    "!x!", "*b*", "_e_", "-s-", "+u+", "^p^", "~b~", "[l|u]", "{{m}}", "\\", "\\\\", "|", "||", "&amp;", "&#42;", "&", "<T>", "=1+1",
    "@x", "'", '"', ",", ";", "#", "*", "-", "+", "_", "{", "}", "[", "]", "(", ")", "~", "^", "`", "http:", "C:\\x\\",
]


def random_text(source: random.Random) -> str:
    """Words and signs in any order, one space or none between them."""
    parts = []
    for _ in range(source.randint(1, 14)):
        parts.append(source.choice(ATOMS) if source.random() < 0.8 else source.choice(PUNCTUATION) * source.randint(1, 3))
        if source.random() < 0.6:
            parts.append(" ")
    return " ".join("".join(parts).split()) or "x"


def as_markdown(text: str) -> str:
    """Markdown that means exactly the text."""
    return "".join("\\" + character if character in PUNCTUATION else character for character in text)


def project(**changes) -> dict:
    found = {
        "version": 1,
        "jira": {"key": "ACME", "name": "Acme plan", "description": "A plan"},
        "workflow": {
            "name": "Simple",
            "statuses": [
                {"name": "To Do", "category": "new"},
                {"name": "In Progress", "category": "indeterminate"},
                {"name": "Done", "category": "done"},
            ],
            "transitions": [
                {"name": "Start", "from": ["To Do"], "to": "In Progress"},
                {"name": "Finish", "to": "Done"},
            ],
        },
        "components": [{"name": "Core, with \"quotes\""}, {"name": "Edge\\"}],
        "versions": [{"name": "1.0; first"}],
        "priorities": ["High", "Medium", "Low"],
        "team": [{"role": "engineer", "people": 3}],
        "calendar": {"start": "2027-01-11"},
    }
    return found | changes


def story(number: int, summary: str, description: str = "", **more) -> dict:
    found = {
        "id": f"AC-{number}", "type": "story", "summary": summary, "estimate": "1d 4h 15m", "role": "engineer",
        "acceptance": "- It holds.",
    }
    if description:
        found["description"] = description
    return found | more


def epic(number: int, children: list, **more) -> dict:
    return {"id": f"AC-{number}", "type": "epic", "summary": f"Epic {number}", "children": children} | more


def write(folder, items: list, **changes) -> None:
    (folder / "backlog").mkdir(parents=True, exist_ok=True)
    (folder / "project.yaml").write_text(yaml.safe_dump(project(**changes), allow_unicode=True), encoding="utf-8")
    text = yaml.safe_dump({"version": 1, "items": items}, allow_unicode=True, sort_keys=False, width=1 << 20)
    (folder / "backlog" / "items.yaml").write_text(text, encoding="utf-8")


def nasty_items() -> list:
    children = [story(100 + number, summary, description) for number, (summary, description) in enumerate(NASTY)]
    for number, child in enumerate(children):
        child["components"] = ['Core, with "quotes"', "Edge\\"][: 1 + number % 2]
        child["versions"] = ["1.0; first"]
        if number:
            child["blocked_by"] = [children[number - 1]["id"]] + ([children[0]["id"]] if number % 5 == 0 and number > 1 else [])
        if number % 7 == 3:
            child["relates"] = [children[number - 3]["id"]]
    children[3].pop("estimate")
    children[3]["children"] = [
        {"id": "AC-900", "type": "subtask", "summary": "A part \\", "estimate": "2h"},
        {"id": "AC-901", "type": "subtask", "summary": 'Another "part"', "estimate": "45m", "blocked_by": ["AC-900"]},
    ]
    return [epic(1, children, labels=["été", "a.b_c"])]


def many_items(count: int) -> list[list]:
    """Files of five hundred items each: epics of fifty, and dependencies on what is a few items before."""
    files: list[list] = []
    number = 0
    while number < count:
        children = []
        first = number
        number += 1
        while number < count and len(children) < 49:
            child = story(
                number + 1, f"Item {number} with `code` and **bold**",
                f"Does **thing** number {number}.\n\n- first point of `{number}`\n- second, see [there](https://acme.example/{number})",
            )
            if len(children) > 3:
                child["blocked_by"] = [f"AC-{number - 2}"]
            children.append(child)
            number += 1
        item = epic(first + 1, children)
        if not files or len(files[-1]) == 10:
            files.append([])
        files[-1].append(item)
    return files
