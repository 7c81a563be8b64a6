using System.Text.Json;
using DermAssistant.Tests;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace DermAssistant.Ontology.Tests;

public class LabelMappingTests
{
    [Theory]
    [InlineData("nv", "Melanocytic nevus")]
    [InlineData("mel", "Melanoma")]
    [InlineData("bcc", "Basal cell carcinoma")]
    [InlineData("bkl", "Benign keratosis, unspecified")]
    [InlineData("akiec", "Actinic keratosis or intraepidermal carcinoma")]
    [InlineData("df", "Dermatofibroma")]
    [InlineData("vasc", "Vascular lesion, unspecified")]
    [InlineData("ACK", "Actinic keratosis")]
    [InlineData("SEK", "Seborrheic keratosis")]
    [InlineData("NEV", "Melanocytic nevus")]
    public void A_code_of_a_data_set_is_placed(string label, string condition)
    {
        var mapping = Shipped.Graph.Map(label);

        Assert.Equal(condition, mapping.Node?.Name);
        Assert.Equal(LabelMatch.Synonym, mapping.How);
    }

    [SharedFact("facts", "conditions.json")]
    public void Every_published_label_of_the_facts_resolves_to_its_condition()
    {
        using var facts = JsonDocument.Parse(File.ReadAllBytes(TestPaths.InShared("facts", "conditions.json")));
        var wrong = new List<string>();
        foreach (var condition in facts.RootElement.GetProperty("conditions").EnumerateArray())
        {
            var name = condition.GetProperty("name").GetString();
            var labels = condition.GetProperty("derm1m_nodes").EnumerateArray()
                .Concat(condition.GetProperty("benchmarks").EnumerateObject().SelectMany(set => set.Value.EnumerateArray()));
            foreach (var label in labels.Select(element => element.GetString()!))
            {
                // The class of HAM10000, not the one diagnosis the facts give it to.
                var expected = string.Equals(label, "benign keratosis", StringComparison.OrdinalIgnoreCase) ? "Benign keratosis, unspecified" : name;
                var found = Shipped.Graph.Map(label).Node?.Name;
                if (found != expected) wrong.Add($"{label}: {found} instead of {expected}");
            }
        }
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Melanoma", "Melanoma", LabelMatch.Exact)]
    [InlineData("MELANOMA", "Melanoma", LabelMatch.Exact)]
    [InlineData("malignant melanoma", "Melanoma", LabelMatch.Synonym)]
    [InlineData("melanomas", "Melanoma", LabelMatch.Normalised)]
    [InlineData("basal-cell-carcinoma", "Basal cell carcinoma", LabelMatch.Normalised)]
    [InlineData("Seborrhoeic keratoses", "Seborrheic keratosis", LabelMatch.Normalised)]
    [InlineData("pitriasis versicolor", "Tinea versicolor", LabelMatch.Normalised)]
    [InlineData("acute dermatitis, NOS", "Dermatitis, unspecified", LabelMatch.Normalised)]
    [InlineData("Sweet’s syndrome", "Sweet syndrome", LabelMatch.Synonym)]
    [InlineData("Lichen simplex chronicus, ", "Lichen simplex chronicus", LabelMatch.Normalised)]
    [InlineData("Bowen's disease (SCC in situ)", "Bowen disease", LabelMatch.Normalised)]
    [InlineData("dermatofibroma_", "Dermatofibroma", LabelMatch.Normalised)]
    [InlineData("Keratosis, seborrheic", "Seborrheic keratosis", LabelMatch.Normalised)]
    [InlineData("nevus, dysplastic", "Dysplastic nevus", LabelMatch.Normalised)]
    [InlineData("Dermatitis, Contact", "Contact dermatitis", LabelMatch.Normalised)]
    [InlineData("AN - Acanthosis nigricans", "Acanthosis nigricans", LabelMatch.Normalised)]
    [InlineData("atopic dermatitis/urticaria", "Atopic dermatitis", LabelMatch.Normalised)]
    [InlineData("melanoma, melanomas", "Melanoma", LabelMatch.Normalised)]
    [InlineData("haemangioma; lipoma", "Hemangioma", LabelMatch.Normalised)]
    [InlineData("\u202Bmelanoma\u202C", "Melanoma", LabelMatch.Normalised)]
    [InlineData("basal\tcell\u0007 carcinoma", "Basal cell carcinoma", LabelMatch.Normalised)]
    [InlineData("no definitive diagnosis", "Indeterminate skin finding", LabelMatch.Synonym)]
    public void A_label_is_placed_and_says_how(string label, string condition, LabelMatch how)
    {
        var mapping = Shipped.Graph.Map(label);

        Assert.Equal(condition, mapping.Node?.Name);
        Assert.Equal(how, mapping.How);
        Assert.Equal(label, mapping.Label);
    }

    [Theory]
    [InlineData("pitriasis versicolor", "Tinea versicolor")]
    [InlineData("melanomma", "Melanoma")]
    [InlineData("seborrhoiec keratosis", "Seborrheic keratosis")]
    [InlineData("psoraisis, eczema herpetcium", "Psoriasis")]
    public void A_slip_of_the_pen_is_placed_and_said_to_be_a_guess(string label, string node)
    {
        var mapping = Shipped.Graph.Map(label);

        Assert.True(mapping.Misspelt);
        Assert.Equal(Shipped.Node(node), mapping.Node);
        Assert.Equal(LabelMatch.Normalised, mapping.How);
    }

    [Fact]
    public void Case_plural_spelling_and_word_order_are_no_guesses()
    {
        foreach (var label in (string[])["MELANOMA", "melanomas", "Seborrhoeic keratoses", "Keratosis, seborrheic", "acute dermatitis, NOS", "melanoma, melanomas"])
            Assert.False(Shipped.Graph.Map(label).Misspelt, label);
    }

    [Theory]
    [InlineData("neurofibromatosis type 2")]
    [InlineData("neurofibromatosis type 4")]
    [InlineData("neurofibromatosis type ii")]
    [InlineData("parakeratosis")]
    [InlineData("dermis tumor")]
    [InlineData("actinic keratitis")]
    [InlineData("hypermelanosis of Ito")]
    [InlineData("cystitis")]
    [InlineData("plague psoriasis")]
    public void Another_word_that_is_spelt_nearly_alike_is_no_slip_of_the_pen(string label) => Assert.Null(Shipped.Graph.Map(label).Node);

    [Theory]
    [InlineData("others")]
    [InlineData("remove from labeling tool")]
    [InlineData("o/e - vesicles present")]
    [InlineData("multiple potential diagnoses")]
    [InlineData("clinical diagnosis")]
    [InlineData("No visual concepts")]
    [InlineData("carcinoma of the lung")]
    [InlineData("hypoderma")]
    [InlineData("12345")]
    [InlineData("something else, melanoma")]
    [InlineData("keratosis, follicular type of somebody")]
    [InlineData("melanoma, ruled out")]
    [InlineData("melanoma vs nevus")]
    [InlineData("not melanoma")]
    [InlineData("XY - Acanthosis nigricans")]
    [InlineData("No definitive, melanoma")]
    [InlineData("\u0633\u0631\u0637\u0627\u0646")]
    [InlineData(",;|/,")]
    public void A_label_it_cannot_place_is_said_to_be_unplaced(string label)
    {
        var mapping = Shipped.Graph.Map(label);

        Assert.Null(mapping.Node);
        Assert.Equal(LabelMatch.None, mapping.How);
    }

    [Fact]
    public void Several_labels_in_one_string_are_all_placed()
    {
        var placed = Shipped.Graph.MapAll("Dermatitis, unspecified, Melanoma, nonsense, melanomas, Hand, foot and mouth disease");

        Assert.Equal(
            ["Dermatitis, unspecified", "Melanoma", null, "Hand, foot and mouth disease"],
            placed.Select(mapping => mapping.Node?.Name));
        Assert.Equal("nonsense", placed[2].Label);
    }

    [Fact]
    public void An_unplaced_part_is_listed_and_leaves_the_whole_unplaced()
    {
        const string Label = "basal cell carcinoma, something else";

        Assert.Equal(["Basal cell carcinoma", null], Shipped.Graph.MapAll(Label).Select(part => part.Node?.Name));
        Assert.Null(Shipped.Graph.Map(Label).Node);
    }

    [Fact]
    public void Two_names_are_never_turned_into_a_third()
    {
        var tried = 0;
        foreach (var name in Shipped.Graph.Conditions.Select(node => node.Name))
            for (var at = name.IndexOf(' ', StringComparison.Ordinal); at > 0; at = name.IndexOf(' ', at + 1))
            {
                var (left, right) = (name[..at], name[(at + 1)..]);
                if (Shipped.Graph.Find(left) is not { } first || Shipped.Graph.Find(right) is not { } second) continue;
                tried++;
                Assert.Equal([second, first], Shipped.Graph.MapAll($"{right}, {left}").Select(part => part.Node));
            }
        Assert.True(tried > 0);
        Assert.Equal(["Melanoma", "Lentigo maligna"], Shipped.Graph.MapAll("melanoma, lentigo maligna").Select(part => part.Node?.Name));
    }

    [Fact]
    public void A_slip_of_the_pen_never_leads_to_another_condition()
    {
        var wrong = new List<string>();
        foreach (var node in Shipped.Graph.Conditions)
            for (var at = 0; at < node.Name.Length; at++)
            {
                var slip = node.Name.Remove(at, 1);
                if (Shipped.Graph.Map(slip) is { Node: { } found, How: LabelMatch.Normalised } && found != node) wrong.Add($"{slip}: {found.Name}");
            }
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_single_label_maps_alone() => Assert.Equal("Melanoma", Assert.Single(Shipped.Graph.MapAll("melanoma")).Node?.Name);

    [Property(MaxTest = 300)]
    public Property Case_hyphens_and_plural_do_not_change_where_a_name_goes() => Prop.ForAll(Gen.Elements<OntologyNode>(Shipped.Graph.Conditions).ToArbitrary(), node =>
        Shipped.Graph.Map(node.Name.ToUpperInvariant()).Node == node
        && Shipped.Graph.Map(node.Name.Replace(' ', '-')).Node == node
        && Shipped.Graph.Map("  " + node.Name + " ").Node == node);

    [Property(MaxTest = 200)]
    public Property Joined_names_come_apart_again() => Prop.ForAll(Gen.Elements<OntologyNode>(Shipped.Graph.Conditions).ArrayOf(3).ToArbitrary(), nodes =>
    {
        var placed = Shipped.Graph.MapAll(string.Join(", ", nodes.Select(node => node.Name)));
        return placed.Select(mapping => mapping.Node).SequenceEqual(nodes.Distinct());
    });
}
