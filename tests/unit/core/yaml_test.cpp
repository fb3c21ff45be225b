#include "engine/core/yaml.h"

#include <ctime>

#include <gtest/gtest.h>

namespace oddroad::core {
namespace {

YamlNode parse(const std::string& text) {
  const auto node = parse_yaml(text, "f.yaml");
  EXPECT_TRUE(node) << to_string(node ? Diagnostics{} : node.error());
  return node.value_or(YamlNode());
}

Diagnostics errors(const std::string& text) {
  const auto node = parse_yaml(text, "f.yaml");
  EXPECT_FALSE(node) << text.substr(0, 80);
  return node ? Diagnostics{} : node.error();
}

std::string first_error(const std::string& text) {
  const Diagnostics all = errors(text);
  return all.empty() ? "none" : to_string(all.items().front());
}

TEST(Yaml, EveryNodeKnowsItsPlace) {
  const YamlNode root = parse("a: 1\nb:\n  c: [x, 'y z']\n  d:\n# note\ne: {f: 2}\n");
  EXPECT_EQ(root.entries()[1].where, (SourceLocation{"f.yaml", 2, 1}));
  const YamlNode& c = *root.find("b")->find("c");
  EXPECT_EQ(c.location(), (SourceLocation{"f.yaml", 3, 6}));
  EXPECT_EQ(c.items()[1].location().column, 10);
  EXPECT_EQ(c.items()[1].text_location().column, 11);
  EXPECT_EQ(c.items()[1].text(), "y z");
  const YamlNode& d = *root.find("b")->find("d");
  EXPECT_TRUE(d.is_null());
  EXPECT_EQ(d.location(), (SourceLocation{"f.yaml", 4, 3}));
  EXPECT_EQ(root.find("e")->find("f")->location(), (SourceLocation{"f.yaml", 6, 8}));
  EXPECT_EQ(root.find("nothing"), nullptr);
}

// Nothing at all has no place but its key's; nothing on purpose has its own.
TEST(Yaml, NothingOnPurposeHasItsOwnPlace) {
  const YamlNode root = parse("a: ~\nb: null\nc:\nd: {e: , f: ~}\ng:\n");
  const auto column = [](const YamlNode& map, const char* key) {
    const YamlNode* node = map.find(key);
    EXPECT_TRUE(node->is_null()) << key;
    return node->location().column;
  };
  EXPECT_EQ(column(root, "a"), 4);
  EXPECT_EQ(column(root, "b"), 4);
  EXPECT_EQ(column(root, "c"), 1);
  EXPECT_EQ(column(root, "g"), 1);
  EXPECT_EQ(column(*root.find("d"), "e"), 5);
  EXPECT_EQ(column(*root.find("d"), "f"), 13);
}

TEST(Yaml, ColumnsCountCharacters) {
  const YamlNode root = parse("{\xC3\xA4\xE2\x82\xAC: 1, b: 2}");
  EXPECT_EQ(root.find("b")->location().column, 12);
  EXPECT_EQ(root.entries()[1].where.column, 9);
}

TEST(Yaml, ScenarioSyntaxStaysPlainText) {
  const YamlNode root = parse("{v: 20 .. 50 km/h, w: a->b.ttc <= $x, p: 5 %, q: $(2*v)}");
  EXPECT_EQ(root.find("v")->text(), "20 .. 50 km/h");
  EXPECT_EQ(root.find("w")->text(), "a->b.ttc <= $x");
  EXPECT_EQ(root.find("p")->text(), "5 %");
  EXPECT_EQ(root.find("q")->text(), "$(2*v)");
}

TEST(Yaml, TypedValues) {
  const YamlNode root = parse("{i: 42, d: -1.5e3, t: true, s: '42', w: yes, l: [1]}");
  EXPECT_EQ(*root.find("i")->as_int(), 42);
  EXPECT_EQ(*root.find("d")->as_double(), -1500);
  EXPECT_EQ(*root.find("t")->as_bool(), true);
  EXPECT_EQ(*root.find("s")->as_string(), "42");
  EXPECT_FALSE(root.find("s")->as_int());
  EXPECT_FALSE(root.find("d")->as_int());
  EXPECT_FALSE(root.find("w")->as_bool());
  EXPECT_EQ(to_string(root.find("l")->as_double().error()),
            "f.yaml:1:49: error: expected a number, found a list");
}

TEST(Yaml, DuplicateKeysNameBothLines) {
  const Diagnostics all = errors("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n");
  ASSERT_EQ(all.items().size(), 2u);
  EXPECT_EQ(to_string(all.items()[0]), "f.yaml:4:3: error: duplicate key 'c' (first at line 3)");
  EXPECT_EQ(to_string(all.items()[1]), "f.yaml:5:1: error: duplicate key 'a' (first at line 1)");
}

TEST(Yaml, RefusesWhatTheSubsetLeavesOut) {
  EXPECT_EQ(first_error("a: &x {b: 1}\nc:\n  <<: *x\n"),
            "f.yaml:3:3: error: merge keys '<<' are not supported");
  EXPECT_EQ(first_error("a: !!int 3\n"),
            "f.yaml:1:4: error: explicit tags like 'tag:yaml.org,2002:int' are not supported");
  EXPECT_EQ(first_error("a: 1\n---\nb: 2\n"), "f.yaml:2:1: error: a second document in one file");
  EXPECT_EQ(first_error("? [a, b]\n: 1\n"), "f.yaml:1:3: error: a key must be a plain word");
}

TEST(Yaml, SyntaxErrorsHaveAPlace) {
  EXPECT_EQ(errors("a:\n\tb: 1\n").items()[0].where.line, 2);
  EXPECT_EQ(errors("a: b: c\n").items()[0].where, (SourceLocation{"f.yaml", 1, 5}));
  EXPECT_EQ(errors("a: [1, 2\n").items()[0].where.line, 2);
  EXPECT_EQ(first_error("a: 1\nb: 'it''s open\n"),
            "f.yaml:2:4: error: the quote that opens here is never closed");
  EXPECT_EQ(first_error("b: &x \"open \\\"\n"),
            "f.yaml:1:4: error: the quote that opens here is never closed");
  EXPECT_TRUE(parse_yaml("b: &x \"closed \\\"\"\nc: ''\nd: 'it''s'\n", "f.yaml"));
  EXPECT_EQ(errors("x: @road\n").items()[0].where, (SourceLocation{"f.yaml", 1, 4}));
  EXPECT_FALSE(parse_yaml("a: *nobody\n", "f.yaml"));
}

TEST(Yaml, AliasesShareAndAreCounted) {
  const YamlNode root = parse("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n");
  EXPECT_EQ(root.find("c")->find("b")->text(), "1");
  EXPECT_EQ(root.find("d")->items()[1].find("b")->location().line, 1);
  EXPECT_EQ(first_error("a: &x [1, *x]\n"),
            "f.yaml:1:11: error: alias to a node that contains it (cyclic alias)");
  EXPECT_EQ(first_error("a: &x\n  b: &y\n    c: *x\n"),
            "f.yaml:3:8: error: alias to a node that contains it (cyclic alias)");
}

TEST(Yaml, BombsAreRefused) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string name = "a" + std::to_string(i);
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += name + ": &" + name + " [" + last;
    for (int k = 0; k < 9; ++k) bomb += ", " + last;
    bomb += "]\n";
  }
  EXPECT_NE(first_error(bomb).find("f.yaml:6:"), std::string::npos) << first_error(bomb);
  EXPECT_NE(first_error(bomb).find("more than 200000 nodes"), std::string::npos);
  EXPECT_EQ(first_error(std::string(100, '[') + std::string(100, ']')),
            "f.yaml:1:65: error: nested deeper than 64 levels");
  EXPECT_FALSE(parse_yaml("a: " + std::string(60'000, '['), "f.yaml"));
  EXPECT_FALSE(parse_yaml(std::string(60'000, '{'), "f.yaml"));
  std::string chain = "a0: &a0 [x]\n";
  for (int i = 1; i < 80; ++i) {
    chain += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
             "]\n";
  }
  EXPECT_NE(first_error(chain).find("nested deeper than 64"), std::string::npos);
  std::string wide = "a:\n";
  for (int i = 0; i < 250'000; ++i) wide += " - x\n";
  EXPECT_NE(first_error(wide).find("more than 200000 nodes"), std::string::npos);
}

TEST(Yaml, LargeInputIsRefusedQuickly) {
  const std::clock_t begin = std::clock();  // core time: other work beside the test takes none
  YamlLimits roomy;
  roomy.bytes = 20u << 20;
  const auto line = parse_yaml("a: " + std::string(10u << 20, 'x') + "\n", "f.yaml", roomy);
  ASSERT_FALSE(line);
  EXPECT_EQ(to_string(line.error()), "f.yaml:1:1: error: the line is longer than 65536 bytes");
  EXPECT_EQ(first_error("a: 1\nb: " + std::string(70'000, 'x') + "\n"),
            "f.yaml:2:1: error: the line is longer than 65536 bytes");
  EXPECT_EQ(first_error(std::string(10u << 20, 'x')),
            "f.yaml: error: the file is larger than 4194304 bytes");
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 1);
}

TEST(Yaml, BinaryIsRefused) {
  EXPECT_EQ(first_error(std::string("a: \0b", 5)), "f.yaml:1:4: error: NUL byte in a text file");
  EXPECT_EQ(first_error("ok: 1\na: \xff\n"), "f.yaml:2:4: error: not UTF-8");
  EXPECT_EQ(first_error("a: \xc0\xaf\n"), "f.yaml:1:4: error: not UTF-8");
  EXPECT_EQ(first_error("a: \xed\xa0\x80\n"), "f.yaml:1:4: error: not UTF-8");
  EXPECT_EQ(to_string(load_yaml("/nonexistent/x.yaml").error()),
            "/nonexistent/x.yaml: error: cannot open the file");
}

// Any cut and any flipped byte of a file gives a tree or an error, never a crash.
TEST(Yaml, DamagedFilesNeverCrash) {
  const std::string good = "a: &x {b: [1, 'two', \"thr\\u0065e\"]}\nc: *x\nd: |\n  text\n  more\n";
  for (std::size_t i = 0; i < good.size(); ++i) {
    (void)parse_yaml(good.substr(0, i), "f.yaml");
    for (const char c : {'[', '{', '&', '*', '\'', '"', ':', '\t', '\0', '\x80', '-', '?', '%'}) {
      std::string bad = good;
      bad[i] = c;
      (void)parse_yaml(bad, "f.yaml");
    }
  }
}

TEST(Yaml, CanonicalTextForgetsLooks) {
  const std::string a = canonical_text(parse("a: 1 # one\nb: {c: [x, 'y']}\n"));
  EXPECT_EQ(a, R"({"a":"1","b":{"c":["x","y"]}})");
  EXPECT_EQ(canonical_text(parse("# other\na: '1'\nb:\n  c:\n    - x\n    - y\n")), a);
  EXPECT_NE(canonical_text(parse("a: null")), canonical_text(parse("a: 'null'")));
  EXPECT_EQ(canonical_text(parse("a: \"q\\\"\\n\"")), R"({"a":"q\"\u000a"})");
}

TEST(Yaml, YamlTextReadsBackAsTheSameTree) {
  const YamlNode root =
      parse("a: 1\nb: {25 %: 2.5, c: ['3', true, \"x: y\", null]}\nd: 5 m # one\n");
  const std::string text = yaml_text(root);
  EXPECT_EQ(text, R"({"a": 1,"b": {"25 %": 2.5,"c": ["3",true,"x: y",null]},"d": "5 m"})");
  const YamlNode again = parse(text);
  EXPECT_EQ(yaml_text(again), text);
  EXPECT_EQ(canonical_text(again), canonical_text(root));
  EXPECT_EQ(*again.find("a")->as_int(), 1);
  const auto& list = again.find("b")->find("c")->items();
  EXPECT_FALSE(list[0].as_int());
  EXPECT_TRUE(*list[1].as_bool());
  EXPECT_TRUE(list[3].is_null());
}

TEST(Yaml, ValuesCanBeReplaced) {
  const YamlNode root = parse("a: {b: 1, c: [x, y]}\n");
  const YamlNode value = YamlNode::scalar("9", {"--set", 0, 0});
  EXPECT_EQ(canonical_text(*with_value(root, "a.b", value)), R"({"a":{"b":"9","c":["x","y"]}})");
  EXPECT_EQ(canonical_text(*with_value(root, "a.c.1", value)), R"({"a":{"b":"1","c":["x","9"]}})");
  EXPECT_EQ(canonical_text(*with_value(root, "d.e", value)),
            R"({"a":{"b":"1","c":["x","y"]},"d":{"e":"9"}})");
  EXPECT_EQ(canonical_text(root), R"({"a":{"b":"1","c":["x","y"]}})");
  EXPECT_FALSE(with_value(root, "a.b.c", value));
  EXPECT_FALSE(with_value(root, "a.c.7", value));
  EXPECT_FALSE(with_value(root, "a..b", value));
}

}  // namespace
}  // namespace oddroad::core
