"""Values of every type go to a provider in Swift and come back as they were, with the real Terraform as the judge: it writes them, reads
them, and compares."""

import json
import random
import subprocess
import sys

from harness import Checks, workplace
from terraform_cli import environment, override, terraform_is_missing

NAME = "terraform-provider-echo"
SOURCE = "spaceform/echo"

# Expressions of Terraform's language whose values an encoding may bend.
VALUES = [
    "null", "true", "false", '""', '"text"', '"line\\nbreak\\ttab"', '"quote \\" backslash \\\\"', '"💬👩‍👩‍👧 é e\u0301 שלום 日本"', '"\\u0000\\u0001\\u007f"', '"$${not} %%{this}"',
    "0", "1", "-1", "127", "128", "255", "256", "-128", "-129", "32767", "32768", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296",
    "-2147483648", "-2147483649", "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551616", "123456789012345678901234567890", "-123456789012345678901234567890.5", "0.1", "0.2 + 0.1", "1/3", "-1.5", "1e100", "1e-100", "1.7976931348623157e308",
    "3.141592653589793238462643383279502884197169399375105820974944", "5e-324", "1e400",
    "[]", "{}", "tolist([])", "tomap({})", "toset([])", "[1, \"a\", true, null]", "[[], [[]], {}]", "{ a = null, b = [], c = {} }",
    "tolist([\"b\", \"a\", \"b\"])", "toset([\"b\", \"a\", \"b\"])", "toset([3, 1, 2])", "toset([true, false])", "tomap({ z = 1, a = 2 })",
    "tomap({ \"\" = \"empty key\", \" \" = \"blank\", \"é💬\" = \"signs\", \"a.b-c/d\" = \"dots\" })", "tolist([null, \"a\"])", "tomap({ a = null, b = \"x\" })",
    "toset([\"a\", null])", "[tolist([1, 2]), toset([\"x\"]), tomap({ k = [true] })]", "tolist([{ a = 1, b = null }, { a = 2, b = \"x\" }])",
    "toset([{ a = [1] }, { a = [2, 3] }])", "[for i in range(300) : i]", "{ for i in range(300) : \"k${i}\" => i }", "join(\"\", [for p in setproduct(range(300), range(250)) : \"x\"])",
    "[for p in setproduct(range(300), range(250)) : p[0] > p[1]]", "{ deep = { deep = { deep = { deep = [[[[{ at = \"last\" }]]]] } } } }", "tolist(tolist([tolist([])]))",
    "merge({ a = 1 }, { b = tolist([]) })", "tolist(null)", "toset([tolist([]), tolist([\"a\"])])",
]


def made_up(source: random.Random, depth: int = 0) -> str:
    """An expression of any type."""
    kind = source.randrange(9 if depth < 4 else 5)
    if kind == 0:
        return source.choice(["null", "true", "false"])
    if kind == 1:
        return str(source.choice([1, -1]) * source.getrandbits(source.choice([3, 8, 16, 31, 32, 33, 63, 64, 65, 200])))
    if kind == 2:
        return f"{source.choice(['', '-'])}{source.getrandbits(40)}.{source.getrandbits(source.choice([4, 50, 200]))}{source.choice(['', 'e9', 'e-30'])}"
    if kind in (3, 4):
        letters = [source.choice(["a", "é", "💬", "\\n", "\\\"", "\\\\", " ", "日", "$", "%"]) for _ in range(source.choice([0, 1, 5, 40, 300]))]
        return '"' + "".join(letters) + '"'
    many = [made_up(source, depth + 1) for _ in range(source.choice([0, 1, 2, 3, 20]))]
    if kind == 5:
        return "[" + ", ".join(many) + "]"
    if kind == 6:
        return "{" + ", ".join(f'"k{place}é" = {value}' for place, value in enumerate(many)) + "}"
    words = ", ".join('"' + source.choice(["a", "b", "ü", "💬"]) * source.randrange(5) + '"' for _ in range(source.randrange(6)))
    return f"{source.choice(['tolist', 'toset'])}([{words}])"


def main() -> None:
    checks = Checks()
    if terraform_is_missing("values are not checked with it"):
        return checks.finish()
    source = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    values = VALUES + [made_up(source) for _ in range(300)]
    with workplace() as folder:
        settings = folder / "cli.tfrc"
        settings.write_text(override(folder, SOURCE, NAME))
        lines = ["terraform {\n  required_providers {\n    echo = { source = \"%s\" }\n  }\n}\n" % SOURCE, "locals {\n"]
        for place, value in enumerate(values):
            lines.append(f"  v{place} = {value}\n  w{place} = provider::echo::value({value})\n")
        lines.append("}\n")
        # Terraform's == is false where types differ, as those of a list and a tuple do.
        same = ", ".join(
            f"local.v{place} == local.w{place} && jsonencode(local.v{place}) == jsonencode(local.w{place})" for place in range(len(values)))
        lines.append(f"output \"same\" {{ value = [{same}] }}\n")
        (folder / "main.tf").write_text("".join(lines), encoding="utf-8")
        ended = subprocess.run(
            ["terraform", f"-chdir={folder}", "apply", "-auto-approve", "-no-color", "-input=false"], env=environment(folder, settings), capture_output=True, text=True, check=False)
        checks.equal(ended.returncode, 0, "Terraform calls the function with every value", (ended.stdout + ended.stderr)[-3000:])
        shown = subprocess.run(["terraform", f"-chdir={folder}", "output", "-json"], env=environment(folder, settings), capture_output=True, text=True, check=False)
        answers = json.loads(shown.stdout or "{}").get("same", {}).get("value", [])
        checks.equal(len(answers), len(values), "and answers for each")
        for value, answer in zip(values, answers):
            checks.that(answer is True, f"it comes back as it was: {value[:80]}")
    checks.finish()


if __name__ == "__main__":
    main()
