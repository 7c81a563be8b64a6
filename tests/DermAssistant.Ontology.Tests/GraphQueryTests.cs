using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Ontology.Tests;

public class GraphQueryTests
{
    private static readonly OntologyGraph Graph = Shipped.Graph;

    [Fact]
    public void A_path_runs_from_category_to_condition() =>
        Assert.Equal(["Neoplasms and proliferations", "Melanocytic lesions", "Melanocytic nevi", "Blue nevus"], Shipped.Node("blue naevus").Path);

    [Fact]
    public void Siblings_share_the_parent_and_leave_out_the_node_itself()
    {
        var melanoma = Shipped.Node("Melanoma");

        var siblings = Graph.Siblings(melanoma);

        Assert.Contains(siblings, node => node.Name == "Nodular melanoma");
        Assert.DoesNotContain(melanoma, siblings);
        Assert.Equal(10, Graph.Siblings(Graph.Nodes[0]).Count);
    }

    [Theory]
    [InlineData("Melanoma", "Nodular melanoma", "Melanoma", 2)]
    [InlineData("Melanoma", "Basal cell carcinoma", "Malignant neoplasms", 4)]
    [InlineData("Melanoma", "Blue nevus", "Neoplasms and proliferations", 6)]
    [InlineData("Melanoma", "Scabies", null, 8)]
    [InlineData("Melanoma", "Melanoma", "Melanoma", 0)]
    public void Common_ancestor_and_distance_follow_the_tree(string first, string second, string? ancestor, int distance)
    {
        var (a, b) = (Shipped.Node(first), Shipped.Node(second));

        Assert.Equal(ancestor, Graph.CommonAncestor(a, b)?.Name);
        Assert.Equal(distance, Graph.Distance(a, b));
    }

    [Property(MaxTest = 300)]
    public Property Distance_is_a_metric() => Prop.ForAll(Nodes(), Nodes(), Nodes(), (a, b, c) =>
        Graph.Distance(a, b) == Graph.Distance(b, a)
        && Graph.Distance(a, c) <= Graph.Distance(a, b) + Graph.Distance(b, c)
        && (Graph.Distance(a, b) == 0) == (a == b));

    [Property(MaxTest = 300)]
    public Property The_common_ancestor_holds_both_and_nothing_below_it_does() => Prop.ForAll(Nodes(), Nodes(), (a, b) =>
    {
        var ancestor = Graph.CommonAncestor(a, b);
        if (ancestor is null) return a.Path[0] != b.Path[0];
        return a.IsWithin(ancestor) && b.IsWithin(ancestor) && !ancestor.Children.Any(child => a.IsWithin(child) && b.IsWithin(child));
    });

    [Property(MaxTest = 300)]
    public Property A_node_is_found_by_its_id_and_in_any_case() => Prop.ForAll(Nodes(), node =>
        Graph.Find(node.Id) == node
        && (node.Level != NodeLevel.Condition || (Graph.Find(node.Name.ToUpperInvariant()) == node && node.Synonyms.All(synonym => Graph.Find(synonym) == node))));

    [Fact]
    public void A_name_shared_by_a_subgroup_and_a_condition_means_the_condition()
    {
        Assert.Equal(NodeLevel.Condition, Shipped.Node("Melanoma").Level);
        Assert.Equal(NodeLevel.Subgroup, Shipped.Node("neoplasms-and-proliferations/malignant-neoplasms/melanoma").Level);
    }

    [Theory]
    [InlineData("psoria", "Plaque psoriasis")]
    [InlineData("mole", "Melanocytic nevus")]
    [InlineData("athletes foot", "Tinea pedis")]
    [InlineData("melanma", "Melanoma")]
    [InlineData("sebborheic keratosis", "Seborrheic keratosis")]
    [InlineData("shingels", "Herpes zoster")]
    [InlineData("basal cell", "Basal cell carcinoma")]
    [InlineData("HAEMANGIOMA", "Hemangioma")]
    [InlineData("keratosis seborrheic", "Seborrheic keratosis")]
    [InlineData("dermatofibromas", "Dermatofibroma")]
    public void Search_finds_by_prefix_synonym_plain_name_and_misspelling(string text, string expected) =>
        Assert.Contains(Graph.Search(text, 5), node => node.Name == expected);

    [Theory]
    [InlineData("melanoma", "Melanoma")]
    [InlineData("bcc", "Basal cell carcinoma")]
    [InlineData("hives", "Urticaria")]
    [InlineData("skin cancer", "Malignant neoplasms")]
    [InlineData("wart on foot", "Plantar wart")]
    [InlineData("wart on the foot", "Plantar wart")]
    [InlineData("nits", "Head lice")]
    [InlineData("strawberry mark", "Infantile hemangioma")]
    [InlineData("nail fungus", "Onychomycosis")]
    [InlineData("nevus of ota", "Nevus of Ota")]
    public void The_exact_name_comes_first(string text, string expected) => Assert.Equal(expected, Graph.Search(text)[0].Name);

    [Theory]
    [InlineData("skin cancer", "Basal cell carcinoma")]
    [InlineData("skin cancer", "Melanoma")]
    [InlineData("blackhead", "Acne vulgaris")]
    [InlineData("birthmark", "Infantile hemangioma")]
    [InlineData("birthmark", "Congenital melanocytic nevus")]
    [InlineData("birthmarks", "Port wine stain")]
    [InlineData("fungal nail", "Onychomycosis")]
    public void What_a_lay_person_calls_a_group_or_a_feature_finds_the_conditions(string text, string expected) =>
        Assert.Contains(Graph.Search(text), node => node.Name == expected);

    [Fact]
    public void Small_words_find_nothing_and_two_letters_begin_no_name()
    {
        Assert.Empty(Graph.Search("on the"));
        Assert.DoesNotContain(Graph.Search("on wart"), node => node.Name.StartsWith("On", StringComparison.Ordinal));
        Assert.DoesNotContain(Graph.Search("ps"), node => node.Name.StartsWith("Ps", StringComparison.Ordinal));
    }

    [Fact]
    public void Search_gives_no_node_twice_and_no_more_than_asked()
    {
        var found = Graph.Search("dermatitis", 7);

        Assert.Equal(7, found.Count);
        Assert.Equal(7, found.Distinct().Count());
        Assert.Empty(Graph.Search("dermatitis", 0));
    }

    [Fact]
    public void A_comparison_tells_what_separates_two_conditions()
    {
        var comparison = Graph.Compare(Shipped.Node("Melanoma"), Shipped.Node("Melanocytic nevus"));

        Assert.Equal("Neoplasms and proliferations", comparison.Shared?.Name);
        Assert.Contains(comparison.OnlyFirst, link => link.ConceptId == "blue-whitish-veil");
        Assert.Contains(comparison.OnlySecond, link => link.ConceptId == "symmetric");
        Assert.DoesNotContain(comparison.OnlySecond, link => link.Weight == ConceptWeight.Against);
        Assert.NotNull(comparison.Difference);
    }

    [Property(MaxTest = 200)]
    public Property A_comparison_turned_round_says_the_same() => Prop.ForAll(Nodes(), Nodes(), (a, b) =>
    {
        var (there, back) = (Graph.Compare(a, b), Graph.Compare(b, a));
        return there.OnlyFirst.SequenceEqual(back.OnlySecond) && there.OnlySecond.SequenceEqual(back.OnlyFirst)
            && there.Both.Select(link => link.ConceptId).Order().SequenceEqual(back.Both.Select(link => link.ConceptId).Order())
            && there.Difference?.Difference == back.Difference?.Difference;
    });

    [Fact]
    public void Conditions_are_ranked_by_the_concepts_observed()
    {
        string[] observed = ["plaque", "scale", "well-defined", "erythema", "white"];

        var ranked = Graph.RankConditions(observed);

        Assert.Equal("Plaque psoriasis", ranked[0].Condition.Name);
        Assert.Equal(1, ranked[0].Score, 6);
        Assert.Equal(ConceptWeight.Cardinal, ranked[0].For[0].Weight);
        Assert.Empty(ranked[0].Missing);
    }

    [Fact]
    public void A_concept_that_counts_as_another_ranks_like_it()
    {
        IEnumerable<(string, double)> Ranked(params string[] observed) => Graph.RankConditions(observed).Select(ranked => (ranked.Condition.Name, ranked.Score));

        Assert.Equal(Ranked("plaque", "scale", "well-defined"), Ranked("plaque", "scaly", "sharp"));
        Assert.Equal("scale", Graph.FindConcept("scaly")?.CountsAs);
    }

    [Fact]
    public void A_concept_against_a_condition_lowers_it()
    {
        double Score(params string[] observed) => Graph.RankConditions(observed, 600).First(ranked => ranked.Condition.Name == "Melanocytic nevus").Score;

        Assert.True(Score("brown-hyperpigmentation", "macule", "asymmetric") < Score("brown-hyperpigmentation", "macule"));
        Assert.Empty(Graph.RankConditions([]));
    }

    [Theory]
    [InlineData("How do I tell melanoma from a blue naevus?", "Melanoma", "Blue nevus")]
    [InlineData("Is it BCC or Bowen's disease", "Basal cell carcinoma", "Bowen disease")]
    [InlineData("superficial basal-cell carcinomas, not basal cell carcinoma", "Superficial basal cell carcinoma", "Basal cell carcinoma")]
    [InlineData("SJS/TEN", "Stevens-Johnson syndrome", "Toxic epidermal necrolysis")]
    [InlineData("Café-au-lait macules and Sweet’s syndrome", "Cafe-au-lait macule", "Sweet syndrome")]
    public void Names_in_a_text_are_found_longest_first(string text, string first, string second) =>
        Assert.Equal([first, second], Graph.FindMentions(text).Select(mention => mention.Node.Name));

    [Theory]
    [InlineData("I counted ten of them and an adult said so")]
    [InlineData("a red dress")]
    [InlineData("melanomatosisx and premelanomas")]
    [InlineData("")]
    public void Common_words_are_no_conditions(string text) => Assert.Empty(Graph.FindMentions(text));

    [Fact]
    public void A_mention_says_where_it_stands_and_whether_a_concept_is_called_the_same()
    {
        var text = "Perhaps a Keloid, perhaps nothing.";

        var mention = Assert.Single(Graph.FindMentions(text));

        Assert.Equal("Keloid", text.Substring(mention.Start, mention.Length));
        Assert.Equal("keloid", mention.AlsoConcept?.Id);
    }

    [Fact]
    public void Concepts_in_a_text_are_found_by_name_and_synonym()
    {
        var found = Graph.FindConceptMentions("A pearly papule with arborizing vessels and a blue-white veil");

        Assert.Equal(["translucent", "papule", "vascular-structures", "blue-whitish-veil"], found.Select(mention => mention.Concept.Id));
    }

    [Property(MaxTest = 200)]
    public Property Mentions_never_overlap_and_stay_inside_the_text() => Prop.ForAll(Texts(), text =>
    {
        var end = 0;
        foreach (var mention in Graph.FindMentions(text))
        {
            if (mention.Start < end || mention.Length <= 0) return false;
            end = mention.Start + mention.Length;
        }
        return end <= text.Length;
    });

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(",,,")]
    [InlineData("\u0000\u0001\u001b[31m")]
    [InlineData("\u202Eamonalem\u202C")]
    [InlineData("\u0633\u0631\u0637\u0627\u0646 \u0627\u0644\u062C\u0644\u062F")]
    [InlineData("\uD800")]
    public void Odd_text_finds_nothing_and_breaks_nothing(string text)
    {
        Assert.Null(Graph.Find(text));
        Assert.Null(Graph.FindConcept(text));
        Assert.Empty(Graph.Search(text));
        Assert.Equal(LabelMatch.None, Graph.Map(text).How);
        Assert.Empty(Graph.FindMentions(text));
        Assert.Empty(Graph.FindConceptMentions(text));
    }

    [Fact]
    public void Ten_thousand_characters_are_no_name()
    {
        var text = new string('a', 10_000);

        Assert.Null(Graph.Find(text));
        Assert.Empty(Graph.Search(text));
        Assert.Equal(LabelMatch.None, Graph.Map(text).How);
        Assert.Equal(LabelMatch.None, Graph.Map(string.Join(",", Enumerable.Repeat(text, 3))).How);
        Assert.Empty(Graph.FindMentions(text));
    }

    [Fact]
    public void Marks_of_writing_direction_and_control_characters_do_not_hide_a_name() =>
        Assert.Equal("Melanoma", Graph.Find("\u202Bmela\u200Bnoma\u202C")?.Name);

    [Theory]
    [InlineData(60, "very light")]
    [InlineData(55, "light")]
    [InlineData(30, "intermediate")]
    [InlineData(10.9, "tan")]
    [InlineData(-20.1, "brown")]
    [InlineData(-84.3, "dark")]
    public void An_angle_belongs_to_a_class_of_skin_tone(double angle, string expected) => Assert.Equal(expected, Graph.SkinTone.ClassOf(angle).Name);

    [Fact]
    public void Redness_is_described_for_brown_and_black_skin()
    {
        Assert.Contains("violet", Graph.SkinTone.Redness.Words);
        Assert.All(Graph.SkinTone.Redness.AppliesTo, name => Assert.Contains(Graph.SkinTone.Classes, tone => tone.Name == name));
        Assert.Equal(10, Graph.SkinTone.Monk.Count);
    }

    private static Arbitrary<OntologyNode> Nodes() => Gen.Elements<OntologyNode>(Graph.Nodes).ToArbitrary();

    /// <summary>Names, words and separators thrown together.</summary>
    private static Arbitrary<string> Texts() =>
        Gen.Elements<string>([.. Graph.Conditions.Select(node => node.Name), "and", "not", ",", ".", "(", "  ", "\u0301", "x", "É"])
            .ListOf().Select(words => string.Join(" ", words)).ToArbitrary();
}
