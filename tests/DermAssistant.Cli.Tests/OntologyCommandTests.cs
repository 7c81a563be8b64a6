using System.Text.Json.Nodes;

namespace DermAssistant.Cli.Tests;

public sealed class OntologyCommandTests : IDisposable
{
    private readonly DermSession _derm = new();

    public void Dispose() => _derm.Dispose();

    private async Task<JsonNode?> Answer(params string[] args)
    {
        var outcome = await _derm.RunAsync(["ontology", .. args, "--json"]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        return outcome.Document;
    }

    [Fact]
    public async Task A_node_is_shown_with_what_the_contract_promises()
    {
        var node = (await Answer("show", "melanoma"))!.AsObject();

        foreach (var field in (string[])["id", "name", "level", "path", "synonyms", "flags", "codes", "sources", "reviewed"])
            Assert.True(node.ContainsKey(field), field);
        Assert.Equal("condition", (string?)node["level"]);
        Assert.Contains("malignant", node["flags"]!.AsArray().Select(flag => (string)flag!));
    }

    [Fact]
    public async Task A_path_leads_from_the_category_to_the_node()
    {
        var path = (await Answer("path", "melanoma"))!.AsArray();

        Assert.Equal("category", (string?)path[0]!["level"]);
        Assert.Equal("Melanoma", (string?)path[^1]!["name"], ignoreCase: true);
        Assert.Equal(path.Select(node => (string)node!["name"]!), path[^1]!["path"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Siblings_leave_the_node_itself_out()
    {
        var siblings = (await Answer("siblings", "melanoma"))!.AsArray();

        Assert.NotEmpty(siblings);
        Assert.DoesNotContain(siblings, node => string.Equals((string?)node!["name"], "melanoma", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_misspelt_name_is_found_by_searching()
    {
        var found = (await Answer("search", "melanomma", "--top", "3"))!.AsArray();

        Assert.InRange(found.Count, 1, 3);
        Assert.Contains("melanoma", (string)found[0]!["name"]!, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Two_nodes_meet_where_both_lie_below()
    {
        var shared = await Answer("common-ancestor", "melanoma", "basal cell carcinoma");

        Assert.Equal("Malignant neoplasms", (string?)shared!["name"]);
    }

    [Fact]
    public async Task Two_conditions_are_compared()
    {
        var comparison = (await Answer("compare", "melanoma", "mole"))!;

        Assert.Equal(("Melanoma", "soon"), ((string?)comparison["first"]!["name"], (string?)comparison["first"]!["defaultUrgency"]));
        Assert.Equal(("Melanocytic nevus", "routine"), ((string?)comparison["second"]!["name"], (string?)comparison["second"]!["defaultUrgency"]));
        Assert.Equal("Neoplasms and proliferations", (string?)comparison["shared"]!["name"]);
        Assert.Equal(6, (int)comparison["distance"]!);
        Assert.Contains("blue-whitish veil", comparison["onlyFirst"]!.AsArray().Select(link => (string)link!["name"]!));
        Assert.Contains("asymmetric", comparison["againstSecond"]!.AsArray().Select(link => (string)link!["name"]!));
        Assert.NotNull((string?)comparison["difference"]);
        Assert.False((bool)comparison["reviewed"]!);
    }

    [Fact]
    public async Task Conditions_of_different_categories_share_no_node() => Assert.Null((await Answer("compare", "melanoma", "scabies"))!["shared"]);

    [Fact]
    public async Task Two_names_of_one_condition_cannot_be_compared()
    {
        var outcome = await _derm.RunAsync("ontology", "compare", "mole", "naevus", "--json");

        outcome.FailsWith(3, "badInput", "Melanocytic nevus");
    }

    [Fact]
    public async Task Conditions_are_ranked_by_what_was_seen_with_what_speaks_for_and_against()
    {
        var ranked = (await Answer("rank", "comedo", "pustule", "papule", "nodule", "scar", "--top", "600"))!.AsArray();

        Assert.Equal("Acne vulgaris", (string?)ranked[0]!["name"]);
        var rosacea = ranked.Single(condition => (string?)condition!["name"] == "Rosacea")!;
        Assert.Equal(["comedo"], rosacea["against"]!.AsArray().Select(link => (string)link!["name"]!));
        Assert.True((double)rosacea["score"]! < (double)ranked[0]!["score"]!);
        Assert.Equal(ranked.ToJsonString(), (await Answer("rank", "comedo, pustule, papule, nodule, scar", "--top", "600"))!.ToJsonString());
    }

    [Theory]
    [InlineData("silvery scale", "scale")]
    [InlineData("", "lists them all")]
    [InlineData("plaque, xyzzy", "xyzzy")]
    public async Task An_unknown_concept_is_bad_input_with_the_nearest(string concept, string named)
    {
        var outcome = await _derm.RunAsync("ontology", "rank", concept, "--json");

        outcome.FailsWith(3, "badInput");
        Assert.Contains(named, outcome.Document!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concepts_are_listed_with_definition_and_source()
    {
        Assert.Equal(141, (await Answer("concepts"))!.AsArray().Count);
        var veil = Assert.Single((await Answer("concepts", "whitish veil"))!.AsArray())!;
        Assert.NotNull((string?)veil["definition"]);
        Assert.NotNull((string?)veil["source"]);
    }

    [Fact]
    public async Task Labels_are_mapped_one_by_one_and_the_unplaced_are_said_to_be()
    {
        var mapped = (await Answer("map", "mel", "BCC", "melanocytic nevi", "xyzzy plugh"))!.AsArray();

        Assert.Equal(["mel", "BCC", "melanocytic nevi", "xyzzy plugh"], mapped.Select(mapping => (string)mapping!["label"]!));
        Assert.All(mapped.Take(3), mapping => Assert.NotNull(mapping!["id"]));
        Assert.Equal((null, null, "none"), ((string?)mapped[3]!["id"], (string?)mapped[3]!["name"], (string?)mapped[3]!["how"]));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("path")]
    [InlineData("siblings")]
    public async Task An_unknown_name_is_bad_input_with_the_nearest_names(string command)
    {
        var outcome = await _derm.RunAsync("ontology", command, "melanomma of nowhere", "--json");

        outcome.FailsWith(3, "badInput", "melanomma of nowhere");
    }

    [Fact]
    public async Task A_label_of_ten_thousand_characters_is_answered()
    {
        var mapped = (await Answer("map", new string('x', 10_000)))!.AsArray();

        Assert.Equal("none", (string?)mapped[0]!["how"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task An_empty_search_is_bad_input(string text)
    {
        var outcome = await _derm.RunAsync("ontology", "search", text, "--json");

        outcome.FailsWith(3, "badInput", "empty");
    }

    [Theory]
    [InlineData("show", "melanoma")]
    [InlineData("path", "melanoma")]
    [InlineData("siblings", "melanoma")]
    [InlineData("search", "wart")]
    [InlineData("map", "nv", "a \u001b[31mred\u001b[0m [bold]label[/]")]
    [InlineData("common-ancestor", "melanoma", "dermatofibroma")]
    [InlineData("compare", "melanoma", "benign keratosis")]
    [InlineData("compare", "melanoma", "scabies")]
    [InlineData("rank", "plaque", "scale", "erythema")]
    [InlineData("concepts")]
    public async Task On_a_plain_screen_everything_fits_80_columns(params string[] args)
    {
        var outcome = await _derm.RunAsync(["ontology", .. args]);

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public async Task The_tree_marks_the_node_that_was_asked_for()
    {
        var outcome = await _derm.RunAsync("ontology", "path", "melanoma");

        Assert.Single(outcome.Out.Split('\n'), line => line.Contains("Melanoma <", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_shipped_ontology_is_in_order()
    {
        var report = await Answer("check");

        Assert.True((bool)report!["passed"]!);
        Assert.True(report["conditions"]!.AsObject().Sum(category => (int)category.Value!) >= 7);
    }

    [Fact]
    public async Task A_fault_in_a_copy_is_named_with_its_file_and_line()
    {
        var copy = Directory.CreateDirectory(_derm.PathOf("ontology")).FullName;
        File.WriteAllText(Path.Combine(copy, "ontology.json"), "{ \"version\": ");

        var outcome = await _derm.RunAsync("ontology", "check", copy, "--json");

        Assert.Equal(1, outcome.ExitCode);
        var fault = outcome.Document!["faults"]!.AsArray().Single(fault => (string?)fault!["file"] == "ontology.json")!;
        Assert.Equal(1, (int)fault["line"]!);
        Assert.NotEqual("", (string?)fault["remedy"]);
    }

    [Fact]
    public async Task A_Derm1M_ontology_is_reported_node_by_node()
    {
        var file = _derm.File("ontology.json", """{ "root": ["neoplastic"], "neoplastic": ["melanoma", "xyzzy plugh"], "melanoma": [], "xyzzy plugh": [] }""");

        var report = await Answer("import", file);

        Assert.Contains(report!["mapped"]!.AsArray(), node => (string?)node!["name"] == "melanoma");
        Assert.Contains(report["unmapped"]!.AsArray(), node => (string?)node!["name"] == "xyzzy plugh");
    }

    [Fact]
    public async Task A_file_that_is_no_ontology_is_bad_input()
    {
        var outcome = await _derm.RunAsync("ontology", "import", _derm.File("list.json", "[1, 2]"), "--json");

        outcome.FailsWith(3, "badInput", "list.json");
    }
}
